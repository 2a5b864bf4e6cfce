package dev.gearshift.sandbox.time;

import dev.gearshift.loop.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ticker driven by whoever moves the clock. The first run of a task is one interval after it was entered; tasks due at the same
 * instant run in the order in which they were entered. A task that throws is logged and runs again at its next interval.
 */
public final class VirtualTicker implements Ticker {

    private static final Logger LOG = LoggerFactory.getLogger(VirtualTicker.class);

    private static final class Task {
        final String name;
        final int number;
        final Duration interval;
        final Consumer<Instant> action;
        Instant due;

        Task(String name, int number, Duration interval, Consumer<Instant> action, Instant due) {
            this.name = name;
            this.number = number;
            this.interval = interval;
            this.action = action;
            this.due = due;
        }

        Instant due() {
            return due;
        }
    }

    private final InstantSource clock;
    private final List<Task> tasks = new ArrayList<>();

    /** A ticker whose tasks count their intervals from {@code clock}. */
    public VirtualTicker(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void every(String name, Duration interval, Consumer<Instant> action) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the interval of " + name + " must be positive, but is " + interval);
        }
        tasks.add(new Task(name, tasks.size(), interval, action, clock.instant().plus(interval)));
    }

    /** When the next task is due. */
    public synchronized Optional<Instant> next() {
        return tasks.stream().map(Task::due).min(Comparator.naturalOrder());
    }

    /**
     * Runs every task that is due, on the caller's thread.
     *
     * @return whether any was
     */
    public boolean runDue(Instant now) {
        List<Task> due = takeDue(now);
        for (Task task : due) {
            try {
                task.action.accept(now);
            } catch (RuntimeException e) {
                LOG.warn("task {} failed and runs again at {}", task.name, task.due, e);
            }
        }
        return !due.isEmpty();
    }

    private synchronized List<Task> takeDue(Instant now) {
        List<Task> due = tasks.stream()
                .filter(task -> !task.due.isAfter(now))
                .sorted(Comparator.comparing(Task::due).thenComparingInt(task -> task.number))
                .toList();
        for (Task task : due) {
            while (!task.due.isAfter(now)) {
                task.due = task.due.plus(task.interval);
            }
        }
        return due;
    }
}
