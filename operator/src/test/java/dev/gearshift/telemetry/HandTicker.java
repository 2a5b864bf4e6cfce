package dev.gearshift.telemetry;

import dev.gearshift.loop.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs its tasks when a test says so, in the order in which they were entered; what they throw reaches the test. */
final class HandTicker implements Ticker {

    private final List<Consumer<Instant>> tasks = new ArrayList<>();

    @Override
    public void every(String name, Duration interval, Consumer<Instant> task) {
        tasks.add(task);
    }

    void tick(Instant now) {
        tasks.forEach(task -> task.accept(now));
    }
}
