package dev.gearshift.telemetry;

import dev.gearshift.loop.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A ticker that times what it runs: a task named {@code planning} shows up as {@code gearshift_planning_duration_seconds}, and
 * its failures as {@code gearshift_task_failures_total{task="planning"}}. What a task throws goes on to the ticker behind.
 */
public final class TimedTicker implements Ticker {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final Ticker ticker;
    private final MeterRegistry registry;
    private final Map<String, Instant> endedWell = new ConcurrentHashMap<>();

    /**
     * Times the tasks of a ticker.
     *
     * @param ticker runs them
     * @param registry where the meters go; its clock measures
     */
    public TimedTicker(Ticker ticker, MeterRegistry registry) {
        this.ticker = ticker;
        this.registry = registry;
    }

    @Override
    public void every(String name, Duration interval, Consumer<Instant> task) {
        Timer timer = Timer.builder("gearshift." + name + ".duration")
                .description("How long a run of the " + name + " task took")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        Counter failures = Counter.builder("gearshift.task.failures")
                .description("Runs of a task that ended with an error")
                .tag("task", name)
                .register(registry);
        ticker.every(name, interval, now -> {
            Timer.Sample run = Timer.start(registry);
            boolean well = false;
            try {
                task.accept(now);
                well = true;
            } finally {
                long nanos = run.stop(timer);
                if (well) {
                    endedWell.put(name, now.plusNanos(nanos));
                } else {
                    failures.increment();
                }
            }
        });
    }

    /** When a task last ended without an error; empty when it never has. */
    public Optional<Instant> lastEndedWell(String name) {
        return Optional.ofNullable(endedWell.get(name));
    }
}
