package dev.gearshift.cli;

import dev.gearshift.loop.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ticker for production: a daemon thread for each task, so that a slow one delays no other. A task first runs one interval after
 * it was entered. Due times are whole intervals apart; those that pass while a run takes longer are left out, never made up for. A task
 * that throws is logged and runs again at its next due time.
 */
public final class SystemTicker implements Ticker, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SystemTicker.class);

    private final class Task implements Runnable {

        private final String name;
        private final long interval;
        private final Consumer<Instant> action;
        private final ScheduledThreadPoolExecutor thread;
        private long due;

        Task(String name, Duration interval, Consumer<Instant> action, ScheduledThreadPoolExecutor thread) {
            this.name = name;
            this.interval = interval.toNanos();
            this.action = action;
            this.thread = thread;
            this.due = System.nanoTime() + this.interval;
        }

        @Override
        public void run() {
            try {
                action.accept(clock.instant());
            } catch (RuntimeException | Error failed) {
                // An Error must not end the task either: nothing would tell that it is gone.
                LOG.error("task {} failed and runs again at its next due time", name, failed);
            }
            due = nextDue(due, interval, System.nanoTime());
            schedule();
        }

        void schedule() {
            var unused = thread.schedule(this, due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private final InstantSource clock;
    private final Duration patience;
    private final List<ScheduledThreadPoolExecutor> threads = new ArrayList<>();
    private boolean closed;

    /**
     * A ticker without tasks.
     *
     * @param clock tells tasks the time
     * @param patience how long closing waits for runs under way before it interrupts them
     */
    public SystemTicker(InstantSource clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the interval is not positive
     * @throws IllegalStateException when the ticker is closed
     */
    @Override
    public synchronized void every(String name, Duration interval, Consumer<Instant> task) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the interval of " + name + " must be positive, but is " + interval);
        }
        if (closed) {
            throw new IllegalStateException("no task " + name + ": the ticker is closed");
        }
        // A run that ends after the ticker was closed finds its thread closed, and is not due again.
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
                1,
                runnable -> {
                    Thread named = new Thread(runnable, "gearshift-" + name);
                    named.setDaemon(true);
                    return named;
                },
                new DiscardPolicy());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.add(thread);
        new Task(name, interval, task, thread).schedule();
    }

    /** Starts no further run and waits for those under way; must not be called by a task. */
    @Override
    public synchronized void close() {
        closed = true;
        threads.forEach(ScheduledThreadPoolExecutor::shutdown);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (ScheduledThreadPoolExecutor thread : threads) {
                if (!thread.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    thread.shutdownNow();
                }
            }
        } catch (InterruptedException hurried) {
            threads.forEach(ScheduledThreadPoolExecutor::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }

    /** The first due time after {@code now}, as many whole intervals after {@code due} as it takes; all in nanoseconds. */
    static long nextDue(long due, long interval, long now) {
        long missed = Math.max(0, (now - due) / interval);
        return due + (missed + 1) * interval;
    }
}
