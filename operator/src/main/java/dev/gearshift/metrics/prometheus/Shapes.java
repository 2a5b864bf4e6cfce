package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.metrics.engine.BucketBound;
import dev.gearshift.metrics.engine.BucketLines;
import dev.gearshift.prometheus.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The histograms of one answer.
 *
 * @param <K> what they are of, such as a tier
 */
final class Shapes<K> {

    private static final int MOST_BUCKETS = 512;

    private static final class Lines {

        private final SortedMap<Double, Double> cumulative = new TreeMap<>();
        private double sum = Double.NaN;
    }

    private final Map<K, Lines> lines = new HashMap<>();

    /** Takes a bucket, or the sum where there is no {@code le}. */
    void take(K of, Sample sample) {
        if (!(sample.value() >= 0 && sample.value() <= Kind.LARGEST)) {
            return;
        }
        double worth = worth(sample);
        Lines known = lines.computeIfAbsent(of, any -> new Lines());
        String bound = sample.label("le");
        if (bound == null) {
            known.sum = (Double.isNaN(known.sum) ? 0 : known.sum) + sample.value() * worth;
        } else if (known.cumulative.size() < MOST_BUCKETS) {
            // The same bound may be written in two ways ("1" and "1.0") by pods of two versions.
            BucketBound.parse(bound)
                    .ifPresent(upper -> known.cumulative.merge(upper * worth, sample.value(), Double::sum));
        }
    }

    private static double worth(Sample sample) {
        String told = sample.label(Expressions.WORTH);
        return told == null || told.isEmpty() ? 1 : Double.parseDouble(told);
    }

    /** The histogram of one of them; empty when there is none, or it is not whole. */
    Optional<Histogram> of(K key) {
        Lines known = lines.get(key);
        if (known == null || Double.isNaN(known.sum)) {
            return Optional.empty();
        }
        BucketLines gathered = new BucketLines();
        known.cumulative.forEach(gathered::bucket);
        gathered.sum(known.sum);
        return gathered.histogram();
    }
}
