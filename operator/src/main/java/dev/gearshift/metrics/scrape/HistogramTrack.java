package dev.gearshift.metrics.scrape;

import dev.gearshift.core.model.Histogram;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One histogram series, from scrape to scrape. One that went down anywhere started anew. One with other bounds than before has
 * either lost a line or changed for good: it is set aside, and only a second one alike is believed.
 */
final class HistogramTrack {

    private Histogram base;
    private @Nullable Histogram unconfirmed;

    HistogramTrack(Histogram first) {
        base = first;
    }

    /** What was observed since the last good reading; empty when this one cannot be compared. */
    Optional<Histogram> advance(Histogram now) {
        if (sameBounds(base, now)) {
            return Optional.of(step(base, now));
        }
        if (unconfirmed != null && sameBounds(unconfirmed, now)) {
            return Optional.of(step(unconfirmed, now));
        }
        unconfirmed = now;
        return Optional.empty();
    }

    private Histogram step(Histogram before, Histogram now) {
        base = now;
        unconfirmed = null;
        double[] bounds = new double[now.buckets()];
        double[] counts = new double[now.buckets()];
        boolean fell = now.sum() < before.sum();
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = now.upperBound(i);
            counts[i] = now.inBucket(i) - before.inBucket(i);
            fell |= counts[i] < 0;
        }
        return fell ? now : new Histogram(bounds, counts, now.sum() - before.sum());
    }

    private static boolean sameBounds(Histogram a, Histogram b) {
        if (a.buckets() != b.buckets()) {
            return false;
        }
        for (int i = 0; i < a.buckets(); i++) {
            if (a.upperBound(i) != b.upperBound(i)) {
                return false;
            }
        }
        return true;
    }
}
