package dev.gearshift.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** What makes things happen at intervals: a clock and a thread in production, a virtual clock in the sandbox. */
public interface Ticker {

    /**
     * Has a task run at every interval from now on, one run at a time. A run that takes longer than the interval delays the
     * next one; runs are never piled up. A task that throws is run again at the next interval.
     *
     * @param name for logs and threads
     * @param interval from one due time to the next
     * @param task told the time at which it is run
     */
    void every(String name, Duration interval, Consumer<Instant> task);
}
