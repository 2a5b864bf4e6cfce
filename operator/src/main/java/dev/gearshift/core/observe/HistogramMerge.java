package dev.gearshift.core.observe;

import dev.gearshift.core.model.Histogram;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Adds histograms up, as of several replicas. Where their bounds differ only the bounds that all of them have are kept: a count
 * is never divided over finer buckets than it was made in, so the result is coarser and stays true.
 */
public final class HistogramMerge {

    private HistogramMerge() {}

    /** The sum of histograms; empty when there are none. */
    public static Optional<Histogram> of(List<Histogram> parts) {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        double[] bounds = bounds(parts.get(0));
        for (Histogram part : parts.subList(1, parts.size())) {
            bounds = common(bounds, part);
        }
        double[] counts = new double[bounds.length];
        double sum = 0;
        for (Histogram part : parts) {
            int bucket = 0;
            for (int i = 0; i < part.buckets(); i++) {
                while (part.upperBound(i) > bounds[bucket]) {
                    bucket++;
                }
                counts[bucket] += part.inBucket(i);
            }
            sum += part.sum();
        }
        return Optional.of(new Histogram(bounds, counts, sum));
    }

    private static double[] bounds(Histogram histogram) {
        double[] bounds = new double[histogram.buckets()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = histogram.upperBound(i);
        }
        return bounds;
    }

    private static double[] common(double[] bounds, Histogram other) {
        double[] others = bounds(other);
        return Arrays.equals(bounds, others)
                ? bounds
                : Arrays.stream(bounds)
                        .filter(bound -> Arrays.binarySearch(others, bound) >= 0)
                        .toArray();
    }
}
