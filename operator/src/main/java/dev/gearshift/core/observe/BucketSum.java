package dev.gearshift.core.observe;

import dev.gearshift.core.model.Histogram;

/**
 * Bounds of the sum of the values inside one bucket k, from the histogram's own sum S. The n values of the bucket lie in (l, u], so
 * their sum lies in [n·l, n·u]. The values of every other bucket i sum to something between nᵢ·lᵢ and nᵢ·uᵢ, so the bucket's
 * sum also lies in [S − Σ nᵢ·uᵢ, S − Σ nᵢ·lᵢ]. Both hold, hence their intersection does.
 *
 * <p>S is itself a sum of rounded numbers; both bounds are therefore relaxed by one part in {@code 10^9}. A sum that cannot be
 * that of these buckets (negative, not finite, or outside of what the buckets allow) is not used at all.
 *
 * @param least the least possible sum
 * @param most the largest possible sum; may be infinite
 */
record BucketSum(double least, double most) {

    private static final double ROUNDING = 1e-9;

    static BucketSum of(Histogram histogram, int bucket) {
        double floor = 0;
        double ceiling = 0;
        double othersLeast = 0;
        double othersMost = 0;
        for (int i = 0; i < histogram.buckets(); i++) {
            double count = histogram.inBucket(i);
            if (count == 0) {
                continue;
            }
            if (i == bucket) {
                floor = count * histogram.lowerBound(i);
                ceiling = count * histogram.upperBound(i);
            } else {
                othersLeast += count * histogram.lowerBound(i);
                othersMost += count * histogram.upperBound(i);
            }
        }
        double sum = histogram.sum();
        if (!(sum >= 0) || Double.isInfinite(sum)) {
            return new BucketSum(floor, ceiling);
        }
        double slack = ROUNDING * (sum + othersLeast + floor);
        double least = Math.max(floor, sum - othersMost - slack);
        double most = Math.min(ceiling, sum - othersLeast + slack);
        return least <= most ? new BucketSum(least, most) : new BucketSum(floor, ceiling);
    }
}
