package dev.gearshift.core.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * Counts of observations in buckets, as engines expose them: what is known about a value is only which bucket it fell into,
 * and the sum of all values. Immutable.
 */
public final class Histogram {

    private final double[] upperBounds;
    private final double[] counts;
    private final double sum;

    /**
     * A histogram.
     *
     * @param upperBounds upper bound of each bucket (inclusive), strictly ascending, the last one positive infinity
     * @param counts observations in each bucket (not cumulative), none negative; may be fractional after weighting
     * @param sum the sum of all observed values
     * @throws IllegalArgumentException when bounds are not ascending, lengths differ or a count is negative
     */
    public Histogram(double[] upperBounds, double[] counts, double sum) {
        this.upperBounds = upperBounds.clone();
        this.counts = counts.clone();
        this.sum = sum;
        if (upperBounds.length == 0 || upperBounds.length != counts.length) {
            throw new IllegalArgumentException("need as many counts as bounds, and at least one");
        }
        for (int i = 0; i < counts.length; i++) {
            if (!(counts[i] >= 0)) {
                throw new IllegalArgumentException("count " + i + " must not be negative, but is " + counts[i]);
            }
            if (i > 0 && !(upperBounds[i] > upperBounds[i - 1])) {
                throw new IllegalArgumentException("bounds must ascend: " + Arrays.toString(upperBounds));
            }
        }
        if (upperBounds[upperBounds.length - 1] != Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("the last bound must be infinite");
        }
    }

    /** This with every count and the sum multiplied by a factor that is not negative. */
    public Histogram times(double factor) {
        return new Histogram(
                upperBounds, Arrays.stream(counts).map(count -> count * factor).toArray(), sum * factor);
    }

    /** Number of buckets. */
    public int buckets() {
        return counts.length;
    }

    /** Upper bound of a bucket, inclusive. */
    public double upperBound(int bucket) {
        return upperBounds[bucket];
    }

    /** Lower bound of a bucket, exclusive; zero for the first. */
    public double lowerBound(int bucket) {
        return bucket == 0 ? 0 : upperBounds[bucket - 1];
    }

    /** Observations in a bucket. */
    public double inBucket(int bucket) {
        return counts[bucket];
    }

    /** All observations. */
    public double count() {
        return Arrays.stream(counts).sum();
    }

    /** The sum of all observed values. */
    public double sum() {
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram that
                && Arrays.equals(upperBounds, that.upperBounds)
                && Arrays.equals(counts, that.counts)
                && sum == that.sum;
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(upperBounds), Arrays.hashCode(counts), sum);
    }

    @Override
    public String toString() {
        return "Histogram[bounds=" + Arrays.toString(upperBounds) + ", counts=" + Arrays.toString(counts) + ", sum="
                + sum + "]";
    }
}
