package dev.gearshift.core.observe;

import dev.gearshift.core.model.Histogram;
import java.util.Arrays;

/** Puts values into buckets, as an engine does. */
final class Buckets {

    /** The bounds vLLM counts times per output token by, in seconds. */
    static final double[] TPOT = {
        .01, .025, .05, .075, .1, .15, .2, .3, .4, .5, .75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, Double.POSITIVE_INFINITY
    };

    private Buckets() {}

    static Histogram of(double[] bounds, double... values) {
        double[] counts = new double[bounds.length];
        for (double value : values) {
            int bucket = 0;
            while (value > bounds[bucket]) {
                bucket++;
            }
            counts[bucket]++;
        }
        return new Histogram(bounds, counts, Arrays.stream(values).sum());
    }
}
