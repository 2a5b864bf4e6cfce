package dev.gearshift.core.model;

import java.time.Duration;

/**
 * A span of time in seconds, for quantities finer than a nanosecond or results of arithmetic. May be positive infinity
 * ("never").
 *
 * @param value seconds, not negative, not NaN
 */
public record Seconds(double value) implements Quantity, Comparable<Seconds> {

    /** No time. */
    public static final Seconds ZERO = new Seconds(0);

    /** Never. */
    public static final Seconds INFINITE = new Seconds(Double.POSITIVE_INFINITY);

    public Seconds {
        Checks.notNegative("seconds", value);
    }

    /** The same span as a duration's. */
    public static Seconds of(Duration duration) {
        return new Seconds(duration.toNanos() / 1e9);
    }

    /** A span given in milliseconds. */
    public static Seconds ofMillis(double millis) {
        return new Seconds(millis / 1e3);
    }

    /** The span in milliseconds. */
    public double millis() {
        return value * 1e3;
    }

    /** Whether the span is finite. */
    public boolean isFinite() {
        return Double.isFinite(value);
    }

    /** The sum of two spans. */
    public Seconds plus(Seconds other) {
        return new Seconds(value + other.value);
    }

    /** This span so many times. */
    public Seconds times(double factor) {
        return new Seconds(value * factor);
    }

    /**
     * The span as a duration, to the nanosecond.
     *
     * @throws ArithmeticException when the span is infinite
     */
    public Duration toDuration() {
        if (!isFinite()) {
            throw new ArithmeticException("an infinite span is no duration");
        }
        return Duration.ofNanos(Math.round(value * 1e9));
    }

    @Override
    public int compareTo(Seconds other) {
        return Double.compare(value, other.value);
    }
}
