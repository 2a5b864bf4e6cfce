package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Progress;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReasonText;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus;
import dev.gearshift.kubernetes.mapping.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every condition of a model but {@code Ready}, as a decision gives it. */
final class DecisionConditions {

    private DecisionConditions() {}

    /**
     * Adds them, in the order they are shown in.
     *
     * @param servedName the name requests give the model
     * @param before the status written last
     */
    static void add(
            Conditions conditions, Decision decision, String servedName, @Nullable ModelDeploymentStatus before) {
        long generation = decision.generation();
        conditions.add(ConditionType.LATENCY_MET, LatencyFinding.of(decision, servedName), generation);
        conditions.add(ConditionType.COST_MET, cost(decision), generation);
        conditions.add(ConditionType.CAPACITY_AVAILABLE, CapacityFinding.of(decision, conditions, before), generation);
        conditions.add(ConditionType.METRICS_FRESH, metrics(decision), generation);
        conditions.add(ConditionType.CONVERGED, ConvergenceFinding.of(decision), generation);
        conflict(decision).ifPresent(finding -> conditions.add(ConditionType.CONFLICT, finding, generation));
    }

    private static Finding cost(Decision decision) {
        if (decision.maxPerHour().isEmpty()) {
            return Finding.holds("Met", "no limit is declared");
        }
        String bill = ReasonText.hourly(decision.cost());
        String limit = "maxPerHour, " + ReasonText.hourly(decision.maxPerHour().get());
        if (decision.cost().compareTo(decision.maxPerHour().get()) <= 0) {
            return Finding.holds("Met", bill + " is within " + limit);
        }
        boolean passing = decision.progress() == Progress.SHIFTING || decision.progress() == Progress.SCALING_DOWN;
        return Finding.fails(
                "OverHourly", bill + " is above " + limit + (passing ? ", while replicas are on their way out" : ""));
    }

    /** A model without a ready replica has nobody who could tell: that is no fault of the metrics. */
    private static Finding metrics(Decision decision) {
        String word = Words.FRESHNESS.of(decision.freshness());
        return switch (decision.freshness()) {
            case FRESH -> Finding.holds(word, "metrics are recent enough to decide on");
            case STALE ->
                told(decision, ReasonKind.METRICS_BEGUN)
                        .map(begun -> new Finding(Finding.Truth.UNKNOWN, word, begun))
                        .orElseGet(() -> Finding.fails(
                                word,
                                told(decision, ReasonKind.METRICS_STALE)
                                        .orElse("metrics are old: nothing is released")));
            case PARTIAL ->
                Finding.fails(
                        word,
                        told(decision, ReasonKind.METRICS_PARTIAL)
                                .orElse("part of the metrics did not come: nothing is released"));
            case ABSENT ->
                Tally.of(decision).ready() == 0
                        ? withoutReplica(decision, word)
                        : Finding.fails(
                                word, told(decision, ReasonKind.METRICS_ABSENT).orElse("there are no metrics"));
        };
    }

    /** A model that sleeps is told of by whoever is in front of it, and cannot be woken when nobody is. */
    private static Finding withoutReplica(Decision decision, String word) {
        if (decision.because(ReasonKind.ASLEEP)) {
            return Finding.holds(
                    Words.FRESHNESS.of(Freshness.FRESH), "the source of demand tells that nothing is asked");
        }
        return Stream.of(ReasonKind.DEMAND_UNSEEN, ReasonKind.DEMAND_AMBIGUOUS, ReasonKind.DEMAND_QUERY_FAILED)
                .flatMap(kind -> told(decision, kind).stream())
                .findFirst()
                .map(told -> Finding.fails(word, told))
                .orElseGet(() -> new Finding(Finding.Truth.UNKNOWN, word, "no replica is ready that could tell"));
    }

    private static Optional<Finding> conflict(Decision decision) {
        return told(decision, ReasonKind.FOREIGN_SCALER)
                .map(told -> Finding.holds(
                        Words.REASONS.of(ReasonKind.FOREIGN_SCALER),
                        told
                                + "; nothing is scaled meanwhile. Remove it, then hand the number back with a change by hand: kubectl -n "
                                + decision.model().namespace()
                                + " scale deployment -l gearshift.dev/model-deployment="
                                + decision.model().name() + " --replicas=<another number>"));
    }

    private static Optional<String> told(Decision decision, ReasonKind kind) {
        List<Reason> reasons = decision.reasons().stream()
                .filter(reason -> reason.kind() == kind)
                .toList();
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(reasons.stream().map(ReasonText::of).collect(Collectors.joining("; ")));
    }
}
