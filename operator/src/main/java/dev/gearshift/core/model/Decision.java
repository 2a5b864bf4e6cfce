package dev.gearshift.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was decided for one model, and all that anybody is told about it: status, events, metrics and logs are renderings of
 * this.
 *
 * @param model which model
 * @param time when it was decided
 * @param generation the generation of the declaration it was decided for
 * @param plan what should run now
 * @param target the gear the plan is on its way to
 * @param cost the bill for the plan's gear
 * @param demand how much is asked
 * @param tiers one entry a tier declared or still in use, in order of name
 * @param latency one entry a latency target
 * @param maxPerHour the limit on the bill, where there is one
 * @param freshness how far the metrics could be trusted
 * @param metricsAge how old the newest sample is; empty when there is none
 * @param progress where the model is on the way to its plan
 * @param reasons why, the most telling first; never empty
 * @param alternatives the best gears not chosen, cheapest first, at most three
 */
public record Decision(
        ModelKey model,
        Instant time,
        long generation,
        Plan plan,
        Gear target,
        HourlyCost cost,
        DemandEstimate demand,
        List<TierStatus> tiers,
        List<LatencyVerdict> latency,
        Optional<HourlyCost> maxPerHour,
        Freshness freshness,
        Optional<Duration> metricsAge,
        Progress progress,
        List<Reason> reasons,
        List<Alternative> alternatives) {

    public Decision {
        tiers = List.copyOf(tiers);
        latency = List.copyOf(latency);
        reasons = List.copyOf(reasons);
        alternatives = List.copyOf(alternatives);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("a decision needs a reason");
        }
    }

    /** The most telling reason. */
    public Reason headline() {
        return reasons.get(0);
    }

    /** Whether the decision carries a reason of that kind. */
    public boolean because(ReasonKind kind) {
        return reasons.stream().anyMatch(reason -> reason.kind() == kind);
    }
}
