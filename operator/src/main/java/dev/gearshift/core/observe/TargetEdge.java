package dev.gearshift.core.observe;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.Seconds;
import java.util.Optional;

/**
 * Whether a latency target is one of the bounds an engine counts by. Only then is attainment exact; otherwise the user should be
 * told the nearest bounds.
 *
 * @param isEdge whether the target is a bound
 * @param below the nearest bound below the target; empty when there is none
 * @param above the nearest finite bound above the target; empty when there is none
 */
public record TargetEdge(boolean isEdge, Optional<Seconds> below, Optional<Seconds> above) {

    /** Compares a target with the bounds of a histogram. */
    public static TargetEdge of(Histogram histogram, Seconds target) {
        int bucket = BucketEdges.bucketOf(histogram, target.value());
        boolean edge = BucketEdges.isUpperBound(histogram, bucket, target.value());
        int next = edge ? bucket + 1 : bucket;
        return new TargetEdge(
                edge,
                bucket == 0 ? Optional.empty() : Optional.of(new Seconds(histogram.lowerBound(bucket))),
                next < histogram.buckets() && Double.isFinite(histogram.upperBound(next))
                        ? Optional.of(new Seconds(histogram.upperBound(next)))
                        : Optional.empty());
    }
}
