package dev.gearshift.core.observe;

import dev.gearshift.core.model.Histogram;

/**
 * Where a value lies among the bounds of a histogram. Bounds arrive as decimal text and targets as arithmetic on durations, so
 * the two are taken for the same edge when they differ by less than one part in {@code 10^9}.
 */
final class BucketEdges {

    private static final double SAME = 1e-9;

    private BucketEdges() {}

    /** The bucket whose half-open interval (lower, upper] holds a value, with a value on an edge in the bucket below it. */
    static int bucketOf(Histogram histogram, double value) {
        int bucket = 0;
        while (bucket < histogram.buckets() - 1
                && value > histogram.upperBound(bucket)
                && !same(value, histogram.upperBound(bucket))) {
            bucket++;
        }
        return bucket;
    }

    /** Whether a value is the upper bound of a bucket. */
    static boolean isUpperBound(Histogram histogram, int bucket, double value) {
        return same(value, histogram.upperBound(bucket));
    }

    private static boolean same(double a, double b) {
        return a == b || (Double.isFinite(b) && Math.abs(a - b) <= SAME * Math.abs(b));
    }
}
