package dev.gearshift.core.model;

import java.time.Duration;

/**
 * A rate of spending in US dollars per hour.
 *
 * @param perHour the amount spent in one hour
 */
public record HourlyCost(Money perHour) implements Quantity, Comparable<HourlyCost> {

    /** Nothing is spent. */
    public static final HourlyCost ZERO = new HourlyCost(Money.ZERO);

    /** A rate given in dollars per hour as decimal text. */
    public static HourlyCost ofDollars(String dollarsPerHour) {
        return Money.ofDollars(dollarsPerHour).perHour();
    }

    /** The sum of two rates. */
    public HourlyCost plus(HourlyCost other) {
        return new HourlyCost(perHour.plus(other.perHour));
    }

    /** The difference of two rates. */
    public HourlyCost minus(HourlyCost other) {
        return new HourlyCost(perHour.minus(other.perHour));
    }

    /** This rate so many times. */
    public HourlyCost times(long count) {
        return new HourlyCost(perHour.times(count));
    }

    /** What is spent at this rate in {@code duration}. */
    public Money over(Duration duration) {
        return perHour.times(duration.toNanos() / (double) Duration.ofHours(1).toNanos());
    }

    @Override
    public int compareTo(HourlyCost other) {
        return perHour.compareTo(other.perHour);
    }
}
