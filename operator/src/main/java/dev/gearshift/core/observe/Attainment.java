package dev.gearshift.core.observe;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.LatencyVerdict.ShareRange;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.Share;

/**
 * The share of observations that took no longer than a target, as far as buckets can tell: an interval that always contains the
 * share among the observations themselves.
 *
 * <p>When the target T is the upper bound of a bucket the share is exact. Otherwise one bucket (l, u] straddles T; of its n values
 * x lie above T, and x is all that is unknown. With s the sum of these n values (bounded by {@link BucketSum}):
 *
 * <ul>
 *   <li>x values exceed T and the others exceed l, so s ≥ x·T + (n − x)·l, hence <b>x ≤ (s − n·l)/(T − l)</b>; with the bucket's
 *       mean μ = s/n this is Markov's inequality inside the bucket, x/n ≤ (μ − l)/(T − l);
 *   <li>x values are at most u and the others at most T, so s ≤ x·u + (n − x)·T, hence <b>x ≥ (s − n·T)/(u − T)</b>, which says
 *       nothing when u is infinite.
 * </ul>
 *
 * The first is used with the largest possible s, the second with the least. Interpolation inside the bucket is never used: for
 * values anywhere in (25 ms, 50 ms] it would report 60 % within 40 ms, whatever the truth.
 *
 * <p>This is about the observations in the histogram; it says nothing of requests that still wait and of sampling error.
 *
 * @param low the least possible share
 * @param high the largest possible share
 * @param observations how many observations there were; with none the interval is [0, 1]
 */
public record Attainment(Share low, Share high, double observations) {

    /** The share of a histogram's observations that are no longer than a target. */
    public static Attainment of(Histogram histogram, Seconds target) {
        double total = histogram.count();
        if (!(total > 0) || Double.isInfinite(total)) {
            return new Attainment(Share.NONE, Share.ALL, 0);
        }
        double limit = target.value();
        int bucket = BucketEdges.bucketOf(histogram, limit);
        double below = 0;
        for (int i = 0; i < bucket; i++) {
            below += histogram.inBucket(i);
        }
        double inside = histogram.inBucket(bucket);
        if (inside == 0 || BucketEdges.isUpperBound(histogram, bucket, limit)) {
            Share exact = share(below + inside, total);
            return new Attainment(exact, exact, total);
        }
        double lower = histogram.lowerBound(bucket);
        double upper = histogram.upperBound(bucket);
        BucketSum sum = BucketSum.of(histogram, bucket);
        double mostAbove = Math.min(inside, (sum.most() - inside * lower) / (limit - lower));
        double leastAbove =
                Double.isInfinite(upper) ? 0 : Math.max(0, (sum.least() - inside * limit) / (upper - limit));
        return new Attainment(
                share(below + inside - mostAbove, total), share(below + inside - leastAbove, total), total);
    }

    /** Whether the share is known exactly. */
    public boolean isExact() {
        return low.equals(high);
    }

    /** The interval alone. */
    public ShareRange range() {
        return new ShareRange(low, high);
    }

    private static Share share(double part, double total) {
        return new Share(Math.min(1, Math.max(0, part / total)));
    }
}
