package dev.gearshift.sandbox.demo;

import java.time.Duration;
import java.util.Optional;

/** Keeps virtual time from passing faster than it was asked for. */
final class Pace {

    private final Optional<Double> speed;
    private final long start = System.nanoTime();
    private double due;

    /** A pace of so many virtual seconds a second; none keeps nothing back. */
    Pace(Optional<Double> speed) {
        this.speed = speed;
    }

    /** Waits until a step may be over. Waits no longer when the thread is interrupted. */
    void after(Duration step) {
        if (speed.isEmpty()) {
            return;
        }
        due += step.toNanos() / speed.get();
        long wait = (long) (start + due) - System.nanoTime();
        if (wait > 0) {
            try {
                Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
