package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.Histogram;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers the lines of one histogram series: cumulative buckets, their sum and their count. */
final class BucketLines {

    private static final int MOST_BUCKETS = 512;

    private final SortedMap<Double, Double> cumulative = new TreeMap<>();
    private Optional<Double> sum = Optional.empty();
    private Optional<Double> count = Optional.empty();

    void bucket(double upperBound, double value) {
        if (upperBound >= 0 && cumulative.size() < MOST_BUCKETS) {
            cumulative.putIfAbsent(upperBound, value);
        }
    }

    void sum(double value) {
        sum = sum.or(() -> Optional.of(value));
    }

    void count(double value) {
        count = count.or(() -> Optional.of(value));
    }

    /**
     * The histogram, in counts per bucket. Empty when it is not whole: without a sum, without any total, or with a bucket that
     * holds less than a smaller one.
     */
    Optional<Histogram> histogram() {
        if (sum.isEmpty() || cumulative.isEmpty()) {
            return Optional.empty();
        }
        count.ifPresent(total -> cumulative.putIfAbsent(Double.POSITIVE_INFINITY, total));
        if (!cumulative.containsKey(Double.POSITIVE_INFINITY)) {
            return Optional.empty();
        }
        double[] bounds = new double[cumulative.size()];
        double[] counts = new double[cumulative.size()];
        double before = 0;
        int bucket = 0;
        for (Map.Entry<Double, Double> entry : cumulative.entrySet()) {
            if (entry.getValue() < before) {
                return Optional.empty();
            }
            bounds[bucket] = entry.getKey();
            counts[bucket++] = entry.getValue() - before;
            before = entry.getValue();
        }
        return Optional.of(new Histogram(bounds, counts, sum.get()));
    }
}
