package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.Histogram;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers the lines of one histogram series: cumulative buckets, their sum and their count. */
public final class BucketLines {

    private static final int MOST_BUCKETS = 512;

    /** Counts are whole on a page; what a query makes of them differs from bucket to bucket by as much as this. */
    private static final double ROUNDING = 1e-6;

    private final SortedMap<Double, Double> cumulative = new TreeMap<>();
    private Optional<Double> sum = Optional.empty();
    private Optional<Double> count = Optional.empty();

    /** Takes a cumulative bucket; the first of two with the same bound counts. */
    public void bucket(double upperBound, double value) {
        if (upperBound >= 0 && cumulative.size() < MOST_BUCKETS) {
            cumulative.putIfAbsent(upperBound, value);
        }
    }

    /** Takes the sum of all values; the first one counts. */
    public void sum(double value) {
        sum = sum.or(() -> Optional.of(value));
    }

    /** Takes the number of all values; the first one counts. */
    public void count(double value) {
        count = count.or(() -> Optional.of(value));
    }

    /**
     * The histogram, in counts per bucket. Empty when it is not whole: without a sum, without any total, or with a bucket that
     * holds less than a smaller one.
     */
    public Optional<Histogram> histogram() {
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
            double missing = before - entry.getValue();
            if (missing > ROUNDING * Math.max(1, before)) {
                return Optional.empty();
            }
            bounds[bucket] = entry.getKey();
            counts[bucket++] = Math.max(0, -missing);
            before = Math.max(before, entry.getValue());
        }
        return Optional.of(new Histogram(bounds, counts, sum.get()));
    }
}
