package dev.gearshift.core.plan;

import dev.gearshift.core.model.Capacity;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.Knocking.Silence;
import dev.gearshift.core.model.Knocking.Unheard;
import dev.gearshift.core.model.LatencySource;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.LatencyVerdict;
import dev.gearshift.core.model.LatencyVerdict.Unmeasured;
import dev.gearshift.core.model.LatencyVerdict.Verdict;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.observe.ErrorBudgets;
import dev.gearshift.core.observe.HistogramMerge;
import dev.gearshift.core.observe.LatencyVerdicts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How a model's latency targets do.
 *
 * @param verdicts one a target, with what is left of its error budget
 * @param budgets the error budgets to remember
 */
record Promises(List<LatencyVerdict> verdicts, ErrorBudgets budgets) {

    /**
     * Judges the targets of a model and counts on.
     *
     * @param capacities what a replica carries inside the targets, by tier
     * @param before the error budgets so far
     */
    static Promises of(ModelState model, SortedMap<TierName, Capacity> capacities, ErrorBudgets before, Instant now) {
        List<LatencyVerdict> verdicts = model.spec().objectives().latency().stream()
                .map(target -> verdict(model, target, capacities))
                .toList();
        ErrorBudgets budgets = before.after(
                verdicts, model.observation(), model.spec().objectives().window(), now);
        return new Promises(
                verdicts.stream()
                        .map(verdict -> verdict.left(budgets.remaining(verdict.target(), now)))
                        .toList(),
                budgets);
    }

    private static LatencyVerdict verdict(
            ModelState model, LatencyTarget target, SortedMap<TierName, Capacity> capacities) {
        Optional<Histogram> seen = HistogramMerge.of(model.observation().tiers().stream()
                .flatMap(load -> load.latency(target.objective()).stream())
                .toList());
        LatencyVerdict verdict = LatencyVerdicts.of(target, seen);
        if (seen.isEmpty()) {
            verdict = unmeasured(model).map(verdict::unmeasured).orElse(verdict);
        }
        return isInfeasible(target, capacities) ? verdict.judged(Verdict.INFEASIBLE) : verdict;
    }

    /** While metrics are not fresh, what a gateway shows may be missing for the same reason as the rest. */
    private static Optional<Unmeasured> unmeasured(ModelState model) {
        if (model.spec().engine().latencyFrom() != LatencySource.GATEWAY) {
            return Optional.empty();
        }
        if (model.observation().knocking() instanceof Unheard unheard && unheard.why() == Silence.NO_PROMETHEUS) {
            return Optional.of(Unmeasured.NO_PROMETHEUS);
        }
        return model.observation().freshness() == Freshness.FRESH
                ? Optional.of(Unmeasured.NO_GATEWAY)
                : Optional.empty();
    }

    private static boolean isInfeasible(LatencyTarget target, SortedMap<TierName, Capacity> capacities) {
        return !capacities.isEmpty()
                && capacities.values().stream()
                        .allMatch(capacity -> capacity.infeasible()
                                .filter(missed -> missed.target().equals(target))
                                .isPresent());
    }
}
