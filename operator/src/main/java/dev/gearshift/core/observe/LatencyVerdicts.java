package dev.gearshift.core.observe;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.LatencyVerdict;
import dev.gearshift.core.model.LatencyVerdict.Verdict;
import java.util.Optional;

/** What a window's latencies say about a target. Never a guess: where the buckets leave both answers open it is unknown. */
public final class LatencyVerdicts {

    /**
     * With fewer observations than this a window says nothing: at the 95th percentile a single slow request among nineteen would
     * already be a miss.
     */
    public static final int MINIMUM_OBSERVATIONS = 20;

    /** An objective such as 99.9 % is not exact in binary; an attainment is not below it by less than this. */
    private static final double ROUNDING = 1e-12;

    private LatencyVerdicts() {}

    /**
     * Judges a target: {@code MET} when even the least possible attainment reaches the objective, {@code MISSED} when not even the
     * largest does, {@code UNKNOWN} otherwise, when fewer than {@value #MINIMUM_OBSERVATIONS} observations were made, or when the
     * engine does not tell. Never {@code INFEASIBLE}, which no observation can show.
     *
     * @param target the target
     * @param seen the latencies of the window for the target's objective; empty when the engine does not tell
     */
    public static LatencyVerdict of(LatencyTarget target, Optional<Histogram> seen) {
        if (seen.isEmpty()) {
            return LatencyVerdict.unknown(target);
        }
        Attainment attainment = Attainment.of(seen.get(), target.target());
        if (attainment.observations() == 0) {
            return LatencyVerdict.unknown(target);
        }
        return new LatencyVerdict(
                target,
                judge(target, attainment),
                QuantileRange.of(seen.get(), target.percentile()).map(QuantileRange::range),
                Optional.of(attainment.range()),
                Optional.empty());
    }

    private static Verdict judge(LatencyTarget target, Attainment attainment) {
        if (attainment.observations() < MINIMUM_OBSERVATIONS) {
            return Verdict.UNKNOWN;
        }
        double objective = target.percentile().share().value() - ROUNDING;
        if (attainment.low().value() >= objective) {
            return Verdict.MET;
        }
        return attainment.high().value() < objective ? Verdict.MISSED : Verdict.UNKNOWN;
    }
}
