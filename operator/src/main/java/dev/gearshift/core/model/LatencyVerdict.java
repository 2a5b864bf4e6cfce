package dev.gearshift.core.model;

import java.util.Optional;

/**
 * How a latency target is doing over the last observation window.
 *
 * @param target the target
 * @param verdict whether it is met
 * @param observed bounds of the observed value at the target's percentile; empty when nothing was seen
 * @param attainment bounds of the share of requests that met the target; empty when nothing was seen
 */
public record LatencyVerdict(
        LatencyTarget target, Verdict verdict, Optional<SecondsRange> observed, Optional<ShareRange> attainment) {

    /** Whether a target is met. */
    public enum Verdict {
        /** The whole interval of attainment is at or above the objective. */
        MET,
        /** The whole interval of attainment is below the objective. */
        MISSED,
        /** No permitted tier can meet it. */
        INFEASIBLE,
        /** The buckets are too coarse to tell, or nothing was seen. */
        UNKNOWN
    }

    /** A closed range of spans; the upper bound may be infinite. */
    public record SecondsRange(Seconds low, Seconds high) {}

    /** A closed range of shares. */
    public record ShareRange(Share low, Share high) {}
}
