package dev.gearshift.core.model;

import java.util.Optional;

/**
 * How a latency target is doing over the last observation window, and over the window of its error budget.
 *
 * @param target the target
 * @param verdict whether it is met
 * @param observed bounds of the observed value at the target's percentile; empty when nothing was seen
 * @param attainment bounds of the share of requests that met the target; empty when nothing was seen
 * @param budget bounds of the part of its error budget that is left; empty while too few requests were counted
 * @param unmeasured why nobody measures it, when that is known
 */
public record LatencyVerdict(
        LatencyTarget target,
        Verdict verdict,
        Optional<SecondsRange> observed,
        Optional<ShareRange> attainment,
        Optional<BudgetRange> budget,
        Optional<Unmeasured> unmeasured) {

    /** How a target that somebody measures is doing. */
    public LatencyVerdict(
            LatencyTarget target,
            Verdict verdict,
            Optional<SecondsRange> observed,
            Optional<ShareRange> attainment,
            Optional<BudgetRange> budget) {
        this(target, verdict, observed, attainment, budget, Optional.empty());
    }

    /** A target of which nothing is known. */
    public static LatencyVerdict unknown(LatencyTarget target) {
        return new LatencyVerdict(target, Verdict.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** This with another verdict. */
    public LatencyVerdict judged(Verdict other) {
        return new LatencyVerdict(target, other, observed, attainment, budget, unmeasured);
    }

    /** This with what is left of the error budget. */
    public LatencyVerdict left(Optional<BudgetRange> remaining) {
        return new LatencyVerdict(target, verdict, observed, attainment, remaining, unmeasured);
    }

    /** This with why nobody measures it. */
    public LatencyVerdict unmeasured(Unmeasured why) {
        return new LatencyVerdict(target, verdict, observed, attainment, budget, Optional.of(why));
    }

    /** Why nobody measures a latency that a gateway is declared to measure. */
    public enum Unmeasured {
        /** What a gateway measures is only known through Prometheus, and there is none. */
        NO_PROMETHEUS,
        /** No gateway shows it of the model. */
        NO_GATEWAY
    }

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

    /**
     * Bounds of the part of an error budget that is left: 1 is all of it, 0 nothing, and less that it is overspent.
     *
     * @param low at least so much
     * @param high at most so much, not above 1
     */
    public record BudgetRange(double low, double high) {

        public BudgetRange {
            if (!(low <= high && high <= 1)) {
                throw new IllegalArgumentException("need low <= high <= 1, but have " + low + " and " + high);
            }
        }
    }
}
