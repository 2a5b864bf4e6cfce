package dev.gearshift.kubernetes.status;

import static dev.gearshift.kubernetes.status.Decisions.L4;
import static dev.gearshift.kubernetes.status.Decisions.SPOT;
import static dev.gearshift.kubernetes.status.Decisions.TIME;
import static dev.gearshift.kubernetes.status.Decisions.decision;
import static dev.gearshift.kubernetes.status.Decisions.steady;
import static dev.gearshift.kubernetes.status.Decisions.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Alternative;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.LatencyVerdict.BudgetRange;
import dev.gearshift.core.model.LatencyVerdict.Verdict;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatusWorthTest {

    private static final Instant WRITTEN = Instant.parse("2026-03-01T12:00:01Z");

    static Stream<Decisions> facts() {
        return Stream.of(
                decision().because(Reason.of(ReasonKind.PAUSED)),
                decision().target(Gear.of(L4, 4)),
                decision().tier(L4, 3, 2, 0, 0, 0),
                decision().tier(L4, 3, 3, 1, 0, 0),
                decision().tier(L4, 3, 3, 0, 1, 0),
                decision().tier(L4, 3, 3, 0, 0, 1),
                decision().tier(L4, 3, 3, 0, 0, 0).tier(SPOT, 0, 0, 0, 0, 0),
                decision().generation(8),
                decision().maxPerHour("12.50"),
                decision().latency(),
                decision().freshness(Freshness.STALE),
                decision().latency(verdict(Verdict.MISSED, 0.25, 0.5, 0.972, 0.981)));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void aChangeThatPeopleActOnIsWrittenAtOnce(Decisions changed) {
        assertThat(isWorth(status(decision()), status(changed), 1)).isTrue();
    }

    static Stream<Decisions> figures() {
        return Stream.of(
                decision().latency(verdict(Verdict.MET, 0.25, 1, 0.972, 0.981)),
                decision().latency(verdict(Verdict.MET, 0.25, 0.5, 0.98, 0.981)),
                decision()
                        .latency(verdict(Verdict.MET, 0.25, 0.5, 0.972, 0.981)
                                .left(Optional.of(new BudgetRange(.5, .6)))),
                decision().observed(3.1),
                decision().cost("2.41"),
                decision().because(steady().observed(new RequestRate(4.1))),
                decision()
                        .alternatives(new Alternative(
                                Gear.of(SPOT, 4), HourlyCost.ofDollars("3"), Reason.of(ReasonKind.COSTS_MORE))));
    }

    @ParameterizedTest
    @MethodSource("figures")
    void aFigureWaitsForFiveMinutes(Decisions changed) {
        ModelDeploymentStatus live = status(decision());
        ModelDeploymentStatus next = status(changed);
        assertThat(isWorth(live, next, 299)).isFalse();
        assertThat(isWorth(live, next, 300)).isTrue();
        assertThat(StatusWorth.isWorthWriting(live, next, Optional.empty(), WRITTEN))
                .isTrue();
    }

    @Test
    void theTimeOfADecisionAloneIsNeverWorthAWrite() {
        ModelDeploymentStatus next = status(decision().at(TIME.plusSeconds(6000)));
        assertThat(next).isNotEqualTo(status(decision()));
        assertThat(isWorth(status(decision()), next, 6000)).isFalse();
    }

    @Test
    void whatIsTheSameIsNotWrittenAgainAndWhatIsAbsentAtOnce() {
        assertThat(isWorth(status(decision()), status(decision()), 6000)).isFalse();
        assertThat(StatusWorth.isWorthWriting(null, status(decision()), Optional.of(WRITTEN), WRITTEN))
                .isTrue();
    }

    @Test
    void theNumberOfPodsIsWrittenAtOnce() {
        ModelDeploymentStatus four = ModelStatus.of(
                new ModelStatus.Facts(
                        Declared.model(),
                        Declared.mapped(Declared.model()),
                        Optional.of(decision().make()),
                        Optional.empty(),
                        4,
                        Optional.empty()),
                null,
                WRITTEN);
        assertThat(isWorth(status(decision()), four, 1)).isTrue();
    }

    /** Other controllers may add conditions of their own, and the cluster may put them anywhere. */
    @Test
    void conditionsOfOthersAndTheirOrderDoNotCount() {
        ModelDeploymentStatus next = status(decision());
        List<Condition> conditions =
                new ArrayList<>(Optional.ofNullable(next.conditions()).orElseThrow());
        conditions.add(conditions.remove(0));
        conditions.add(
                0, new ConditionBuilder().withType("Audited").withStatus("True").build());
        ModelDeploymentStatus live = new ModelDeploymentStatus(
                next.observedGeneration(),
                next.replicas(),
                next.selector(),
                next.gear(),
                next.ready(),
                next.tiers(),
                next.latency(),
                next.cost(),
                next.decision(),
                conditions);
        assertThat(isWorth(live, next, 6000)).isFalse();
    }

    private static boolean isWorth(ModelDeploymentStatus live, ModelDeploymentStatus next, int secondsAfter) {
        return StatusWorth.isWorthWriting(live, next, Optional.of(WRITTEN), WRITTEN.plusSeconds(secondsAfter));
    }

    private static ModelDeploymentStatus status(Decisions decision) {
        return ModelStatus.of(Declared.facts(decision.make()), null, WRITTEN);
    }
}
