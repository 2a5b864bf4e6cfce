package dev.gearshift.sandbox.time;

import java.time.Duration;

/**
 * Durations between two bounds, each as likely as any other, to the millisecond.
 *
 * @param least the shortest, not negative
 * @param most the longest
 */
public record DurationRange(Duration least, Duration most) {

    public DurationRange {
        if (least.isNegative() || most.compareTo(least) < 0) {
            throw new IllegalArgumentException("no range of durations: " + least + " to " + most);
        }
    }

    /** A range given in seconds. */
    public static DurationRange ofSeconds(long least, long most) {
        return new DurationRange(Duration.ofSeconds(least), Duration.ofSeconds(most));
    }

    /** Always the same duration. */
    public static DurationRange exactly(Duration duration) {
        return new DurationRange(duration, duration);
    }

    /** The duration that belongs to a seed. */
    public Duration draw(Seed seed) {
        long spread = most.minus(least).toMillis();
        return least.plusMillis(Math.round(seed.uniform() * spread));
    }
}
