package dev.gearshift.sandbox.engine;

import java.util.Arrays;

/** Observations counted in buckets, as a process counts them from its start. */
final class BucketCounts {

    private final double[] bounds;
    private final long[] counts;
    private double sum;

    /** Without observations; an infinite bucket is added to the given bounds. */
    BucketCounts(double... upperBounds) {
        bounds = Arrays.copyOf(upperBounds, upperBounds.length + 1);
        bounds[upperBounds.length] = Double.POSITIVE_INFINITY;
        counts = new long[bounds.length];
    }

    /** Buckets 1, 2, 5, 10, 20, 50 … up to a largest value. */
    static BucketCounts upTo(int largest) {
        double[] bounds = new double[3 * String.valueOf(largest).length()];
        int count = 0;
        for (long power = 1; power <= largest; power *= 10) {
            for (int mantissa : new int[] {1, 2, 5}) {
                if (mantissa * power <= largest) {
                    bounds[count++] = mantissa * power;
                }
            }
        }
        return new BucketCounts(Arrays.copyOf(bounds, count));
    }

    /** Equally wide buckets up to a largest value. */
    static BucketCounts even(int buckets, double largest) {
        double[] bounds = new double[buckets];
        for (int i = 0; i < buckets; i++) {
            bounds[i] = largest / buckets * (i + 1);
        }
        return new BucketCounts(bounds);
    }

    void observe(double value) {
        observe(value, 1);
    }

    /** Counts the same value several times. */
    void observe(double value, int times) {
        int index = Arrays.binarySearch(bounds, value);
        counts[index >= 0 ? index : -index - 1] += times;
        sum += value * times;
    }

    int buckets() {
        return bounds.length;
    }

    double upperBound(int bucket) {
        return bounds[bucket];
    }

    /** Observations in a bucket. */
    long inBucket(int bucket) {
        return counts[bucket];
    }

    /** Observations in all. */
    long total() {
        return Arrays.stream(counts).sum();
    }

    double sum() {
        return sum;
    }
}
