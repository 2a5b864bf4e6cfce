package dev.gearshift.kubernetes.status;

import static dev.gearshift.kubernetes.status.Decisions.L4;
import static dev.gearshift.kubernetes.status.Decisions.SPOT;
import static dev.gearshift.kubernetes.status.Decisions.decision;
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
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.AlternativeState;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.CostState;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.DecisionState;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.LatencyState;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.TierState;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelStatusTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:01Z");
    private static final Instant LATER = Instant.parse("2026-03-01T12:05:00Z");

    @Test
    void everythingDecidedIsShown() {
        ModelDeploymentStatus status = ModelStatus.of(
                Declared.facts(decision()
                        .target(Gear.of(L4, 3).with(SPOT, 1))
                        .cost("3.197")
                        .tier(L4, 3, 2, 1, 0, 0)
                        .benched(SPOT, LATER)
                        .maxPerHour("12.5")
                        .latency(verdict(Verdict.MET, 0.25, 0.5, 0.972, 0.981)
                                .left(Optional.of(new BudgetRange(0.4, 0.631))))
                        .alternatives(new Alternative(
                                Gear.of(SPOT, 4), HourlyCost.ofDollars("3.5"), Reason.of(ReasonKind.COSTS_MORE)))
                        .make()),
                null,
                NOW);
        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(status.replicas()).isEqualTo(3);
        assertThat(status.selector()).isEqualTo("gearshift.dev/model-deployment=chat");
        assertThat(status.gear()).isEqualTo("l4×3 + l4-spot×1");
        assertThat(status.ready()).isEqualTo("3/4");
        assertThat(status.tiers())
                .containsExactly(
                        new TierState("l4", 3, 2, 1, 0, 0, "2.40", "1.67", "3.5m", null),
                        new TierState("l4-spot", 1, 1, 0, 0, 0, "0.80", "1.67", "3.5m", "2026-03-01T12:05:00Z"));
        assertThat(status.latency())
                .containsExactly(
                        new LatencyState("TimeToFirstToken", "1s", 95.0, "250ms–500ms", "97.2 %–98.1 %", "40 %–64 %"));
        assertThat(status.cost()).isEqualTo(new CostState("3.20", "0.37", null, null, "$12.50/h"));
        assertThat(status.decision())
                .isEqualTo(new DecisionState(
                        "2026-03-01T12:00:00Z",
                        "Steady",
                        "l4×3 carries 5.00 req/s, 4.00 req/s are needed",
                        List.of(new AlternativeState("l4-spot×4", "3.50", "costs more"))));
    }

    @Test
    void whatThereIsNotIsLeftOut() {
        ModelDeploymentStatus status = ModelStatus.of(
                Declared.facts(decision().latency().freshness(Freshness.ABSENT).make()), null, NOW);
        assertThat(status.latency()).isNull();
        assertThat(status.cost()).isEqualTo(new CostState("2.40", null, null, null, null));
        assertThat(Declared.WIRE.asJson(status)).doesNotContain("null").doesNotContain("[]");
    }

    @Test
    void aStatusThatWentOverTheWireIsTheSame() {
        ModelDeploymentStatus status = ModelStatus.of(
                Declared.facts(decision().maxPerHour("12.5").benched(L4, LATER).make()), null, NOW);
        ModelDeploymentStatus read = Declared.WIRE.unmarshal(Declared.WIRE.asJson(status), ModelDeploymentStatus.class);
        assertThat(read).isEqualTo(status);
    }

    @Test
    void beforeAnyDecisionNothingIsKnown() {
        ModelDeploymentStatus status = ModelStatus.of(Declared.facts(Declared.model(), Optional.empty()), null, NOW);
        assertThat(status.gear()).isNull();
        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(status.replicas()).isEqualTo(3);
        assertThat(status.conditions())
                .hasSize(6)
                .allSatisfy(condition -> assertThat(condition)
                        .returns("Unknown", Condition::getStatus)
                        .returns("Unknown", Condition::getReason)
                        .returns("not planned yet", Condition::getMessage));
    }

    @Test
    void aRestartedOperatorLeavesWhatWasWrittenUntilItHasDecided() {
        ModelDeploymentStatus before =
                ModelStatus.of(Declared.facts(decision().generation(6).make()), null, NOW);
        ModelDeploymentStatus status =
                ModelStatus.of(Declared.facts(Declared.model(), Optional.empty()), before, LATER);
        assertThat(status).isEqualTo(before);
    }

    @Test
    void aRefusedDeclarationLeavesWhatRunsAlone() {
        ModelDeploymentStatus before =
                ModelStatus.of(Declared.facts(decision().generation(6).make()), null, NOW);
        ModelDeployment broken = Declared.model("tiers: [{name: l4}]", "scaling: {minReplicas: 5, maxReplicas: 3}");
        ModelDeploymentStatus status = ModelStatus.of(
                Declared.facts(broken, Optional.of(decision().cost("9").make())), before, LATER);
        assertThat(status.gear()).isEqualTo("l4×3");
        assertThat(status.cost()).isEqualTo(before.cost());
        assertThat(status.tiers()).isEqualTo(before.tiers());
        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(ready(status))
                .returns("False", Condition::getStatus)
                .returns("InvalidSpec", Condition::getReason)
                .returns("2026-03-01T12:05:00Z", Condition::getLastTransitionTime)
                .returns(
                        "spec.scaling.minReplicas is 5, above maxReplicas, which is 3: lower minReplicas or raise"
                                + " maxReplicas",
                        Condition::getMessage);
        assertThat(others(status)).isEqualTo(others(before));
    }

    @Test
    void aDeclarationRefusedFromTheBeginningIsNotPlanned() {
        ModelDeploymentStatus status =
                ModelStatus.of(Declared.facts(Declared.model("tiers: [{name: gone}]"), Optional.empty()), null, NOW);
        assertThat(ready(status))
                .returns("TierMissing", Condition::getReason)
                .returns(
                        "spec.tiers has no tier that can be used: see the problems of each; there are l4;"
                                + " spec.tiers[0].name is \"gone\", but there is no HardwareTier of that name: create"
                                + " it, or name another: there are l4",
                        Condition::getMessage);
        assertThat(others(status))
                .hasSize(5)
                .allSatisfy(condition -> assertThat(condition.getMessage())
                        .isEqualTo("not planned: the declaration is refused, see Ready"));
    }

    @Test
    void aDeclarationThatWasMendedIsNotCalledInvalidUntilItIsPlanned() {
        ModelDeploymentStatus refused =
                ModelStatus.of(Declared.facts(Declared.model("tiers: [{name: gone}]"), Optional.empty()), null, NOW);
        ModelDeploymentStatus mended =
                ModelStatus.of(Declared.facts(Declared.model(), Optional.empty()), refused, LATER);
        assertThat(ready(mended))
                .returns("Unknown", Condition::getStatus)
                .returns("not planned yet", Condition::getMessage);
    }

    @Test
    void aTierThatIsNotUsedAndAWarningAreSeenThoughTheModelServes() {
        ModelDeployment model = Declared.model("tiers: [{name: l4}, {name: gone}]", "novelty: {a: 1}");
        ModelDeploymentStatus status =
                ModelStatus.of(Declared.facts(model, Optional.of(decision().make())), null, NOW);
        assertThat(ready(status))
                .returns("True", Condition::getStatus)
                .returns(
                        "3 replicas ready of 3 wanted; not used: spec.tiers[1].name is \"gone\", but there is no"
                                + " HardwareTier of that name: create it, or name another: there are l4; note:"
                                + " spec.novelty is not known: remove it, or install the version of Gearshift that"
                                + " knows it",
                        Condition::getMessage);
    }

    private static Condition ready(ModelDeploymentStatus status) {
        Condition first = conditions(status).get(0);
        assertThat(first.getType()).isEqualTo("Ready");
        return first;
    }

    private static List<Condition> others(ModelDeploymentStatus status) {
        List<Condition> all = conditions(status);
        return all.subList(1, all.size());
    }

    private static List<Condition> conditions(ModelDeploymentStatus status) {
        return Optional.ofNullable(status.conditions()).orElseThrow();
    }
}
