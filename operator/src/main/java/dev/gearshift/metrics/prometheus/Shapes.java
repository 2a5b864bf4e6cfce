package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.metrics.engine.BucketBound;
import dev.gearshift.metrics.engine.BucketLines;
import dev.gearshift.metrics.prometheus.Directory.Place;
import dev.gearshift.prometheus.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The histograms of one answer, by tier. */
final class Shapes {

    private static final int MOST_BUCKETS = 512;

    private static final class Lines {

        private final SortedMap<Double, Double> cumulative = new TreeMap<>();
        private double sum = Double.NaN;
    }

    private final Map<Place, Lines> lines = new HashMap<>();

    /** Takes a bucket, or the sum where there is no {@code le}. */
    void take(Place of, Sample sample) {
        if (!(sample.value() >= 0 && sample.value() <= Kind.LARGEST)) {
            return;
        }
        double worth = worth(sample);
        Lines ofTier = lines.computeIfAbsent(of, any -> new Lines());
        String bound = sample.label("le");
        if (bound == null) {
            ofTier.sum = (Double.isNaN(ofTier.sum) ? 0 : ofTier.sum) + sample.value() * worth;
        } else if (ofTier.cumulative.size() < MOST_BUCKETS) {
            // The same bound may be written in two ways ("1" and "1.0") by pods of two versions.
            BucketBound.parse(bound)
                    .ifPresent(upper -> ofTier.cumulative.merge(upper * worth, sample.value(), Double::sum));
        }
    }

    private static double worth(Sample sample) {
        String told = sample.label(Expressions.WORTH);
        return told == null || told.isEmpty() ? 1 : Double.parseDouble(told);
    }

    /** The histogram of a tier; empty when there is none, or it is not whole. */
    Optional<Histogram> of(Place tier) {
        Lines ofTier = lines.get(tier);
        if (ofTier == null || Double.isNaN(ofTier.sum)) {
            return Optional.empty();
        }
        BucketLines gathered = new BucketLines();
        ofTier.cumulative.forEach(gathered::bucket);
        gathered.sum(ofTier.sum);
        return gathered.histogram();
    }
}
