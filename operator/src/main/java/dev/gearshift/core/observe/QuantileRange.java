package dev.gearshift.core.observe;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.LatencyVerdict.SecondsRange;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Seconds;
import java.util.Optional;

/**
 * Between which times the value at a percentile lies. The value q at share p of N observations is the least one that at least p·N
 * of them do not exceed. It lies in the bucket (l, u] in which the cumulative count C reaches p·N; let B be the count below that
 * bucket, n the count inside and s the sum inside (bounded by {@link BucketSum}):
 *
 * <ul>
 *   <li>at least C − p·N values of the bucket are no less than q and the rest exceed l, so <b>q ≤ l + (s − n·l)/(C − p·N)</b>;
 *   <li>at least p·N − B values of the bucket are no more than q and the rest at most u, so <b>q ≥ u − (n·u − s)/(p·N − B)</b>.
 * </ul>
 *
 * Each is used with the extreme of s that weakens it most, and only where it is tighter than the edges.
 *
 * @param low not above the true value
 * @param high not below the true value; infinite when it lies beyond the last bound and the sum cannot bound it
 */
public record QuantileRange(Seconds low, Seconds high) {

    private static final double ROUNDING = 1e-9;

    /** The range of the value at a percentile; empty when there are no observations. */
    public static Optional<QuantileRange> of(Histogram histogram, Percentile percentile) {
        double total = histogram.count();
        if (!(total > 0) || Double.isInfinite(total)) {
            return Optional.empty();
        }
        double rank = percentile.share().value() * total;
        // Whether rank 95.0 is reached by 95 observations must not hang on the last bit: where it might, both answers
        // are covered.
        int first = bucketAt(histogram, rank - ROUNDING * total);
        int last = bucketAt(histogram, rank + ROUNDING * total);
        double low = within(histogram, first, rank).low().value();
        double high = within(histogram, last, rank).high().value();
        return Optional.of(new QuantileRange(new Seconds(Math.min(low, high)), new Seconds(high)));
    }

    /** The same as a range of the model. */
    public SecondsRange range() {
        return new SecondsRange(low, high);
    }

    private static int bucketAt(Histogram histogram, double rank) {
        double cumulative = 0;
        int lastFilled = 0;
        for (int i = 0; i < histogram.buckets(); i++) {
            cumulative += histogram.inBucket(i);
            if (histogram.inBucket(i) > 0) {
                lastFilled = i;
                if (cumulative >= rank) {
                    return i;
                }
            }
        }
        return lastFilled;
    }

    private static QuantileRange within(Histogram histogram, int bucket, double rank) {
        double below = 0;
        for (int i = 0; i < bucket; i++) {
            below += histogram.inBucket(i);
        }
        double inside = histogram.inBucket(bucket);
        double lower = histogram.lowerBound(bucket);
        double upper = histogram.upperBound(bucket);
        BucketSum sum = BucketSum.of(histogram, bucket);
        double atOrAbove = below + inside - rank;
        double atOrBelow = rank - below;
        double high = upper;
        if (atOrAbove > 0) {
            high = Math.max(lower, Math.min(upper, lower + (sum.most() - inside * lower) / atOrAbove));
        }
        double low = lower;
        if (atOrBelow > 0 && Double.isFinite(upper)) {
            low = Math.min(upper, Math.max(lower, upper - (inside * upper - sum.least()) / atOrBelow));
        }
        return new QuantileRange(new Seconds(low), new Seconds(high));
    }
}
