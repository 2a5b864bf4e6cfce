package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.LatencyVerdict;
import dev.gearshift.core.model.ReasonText;
import dev.gearshift.core.model.TierStatus;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.AlternativeState;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.CostState;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.DecisionState;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.LatencyState;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.TierState;
import dev.gearshift.kubernetes.mapping.DurationText;
import dev.gearshift.kubernetes.mapping.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parts of a status that show a decision. Lists that would be empty are left out. */
final class DecisionText {

    private DecisionText() {}

    static @Nullable List<TierState> tiers(Decision decision) {
        return listed(decision.tiers(), DecisionText::tier);
    }

    static @Nullable List<LatencyState> latency(Decision decision) {
        return listed(decision.latency(), DecisionText::latency);
    }

    /**
     * What the model costs. The cost per token is told for input and output together only: a decision says how many tokens of
     * each kind there are, not how long an accelerator is busy with one of them, and any split without that would be made up.
     */
    static CostState cost(Decision decision) {
        Optional<String> perMillion = decision.freshness() == Freshness.ABSENT
                ? Optional.empty()
                : Figures.perMillionTokens(decision.cost(), decision.demand());
        return new CostState(
                Figures.dollars(decision.cost()),
                perMillion.orElse(null),
                null,
                null,
                decision.maxPerHour().map(ReasonText::hourly).orElse(null));
    }

    static DecisionState decision(Decision decision) {
        return new DecisionState(
                Figures.time(decision.time()),
                Words.REASONS.of(decision.headline().kind()),
                ReasonText.of(decision.headline()),
                listed(
                        decision.alternatives(),
                        rejected -> new AlternativeState(
                                rejected.gear().toString(),
                                Figures.dollars(rejected.cost()),
                                ReasonText.of(rejected.ruledOutBy()))));
    }

    private static TierState tier(TierStatus tier) {
        return new TierState(
                tier.tier().value(),
                tier.desired(),
                tier.ready(),
                tier.starting(),
                tier.draining(),
                tier.failing(),
                Figures.dollars(tier.cost()),
                tier.capacity()
                        .flatMap(capacity -> Figures.rate(capacity.rate()))
                        .orElse(null),
                ReasonText.seconds(tier.leadTime()),
                tier.stockOutUntil().map(Figures::time).orElse(null));
    }

    private static LatencyState latency(LatencyVerdict verdict) {
        return new LatencyState(
                Words.OBJECTIVES.of(verdict.target().objective()),
                DurationText.of(verdict.target().target().toDuration()),
                verdict.target().percentile().value(),
                verdict.observed().flatMap(Figures::range).orElse(null),
                verdict.attainment().map(Figures::range).orElse(null),
                verdict.budget().map(Figures::range).orElse(null));
    }

    private static <T, S> @Nullable List<S> listed(List<T> things, Function<T, S> text) {
        return things.isEmpty() ? null : things.stream().map(text).toList();
    }
}
