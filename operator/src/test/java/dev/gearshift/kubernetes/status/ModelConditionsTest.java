package dev.gearshift.kubernetes.status;

import static dev.gearshift.kubernetes.status.Decisions.L4;
import static dev.gearshift.kubernetes.status.Decisions.SPOT;
import static dev.gearshift.kubernetes.status.Decisions.decision;
import static dev.gearshift.kubernetes.status.Decisions.steady;
import static dev.gearshift.kubernetes.status.Decisions.unseen;
import static dev.gearshift.kubernetes.status.Decisions.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gearshift.core.model.Count;
import dev.gearshift.core.model.EngineFailure;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.LatencyVerdict.Unmeasured;
import dev.gearshift.core.model.LatencyVerdict.Verdict;
import dev.gearshift.core.model.Progress;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelConditionsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:01Z");
    private static final Instant LATER = Instant.parse("2026-03-01T12:05:00Z");
    private static final Reason FAILING = Reason.of(ReasonKind.ENGINE_FAILING)
            .on(L4)
            .failure(new EngineFailure("engine", "Error", OptionalInt.of(1), "CUDA error: no device", 3));

    private static Decisions sleeping(ReasonKind why) {
        return decision().tier(L4, 0, 0, 0, 0, 0).freshness(Freshness.ABSENT).because(Reason.of(why));
    }

    static Stream<Arguments> decisions() {
        return Stream.of(
                arguments(decision(), "Ready", "True", "Ready", "3 replicas ready of 3 wanted"),
                arguments(
                        decision().tier(L4, 3, 1, 2, 0, 0),
                        "Ready",
                        "True",
                        "Ready",
                        "1 replica ready of 3 wanted, 2 starting"),
                arguments(
                        decision().tier(L4, 3, 0, 3, 0, 0),
                        "Ready",
                        "False",
                        "NoReplicas",
                        "0 replicas ready of 3 wanted, 3 starting"),
                arguments(
                        sleeping(ReasonKind.ASLEEP),
                        "Ready",
                        "True",
                        "Asleep",
                        "0 replicas ready of 0 wanted; nothing is asked, so no replica runs; the next request starts one"),
                arguments(
                        sleeping(ReasonKind.ASLEEP),
                        "MetricsFresh",
                        "True",
                        "Fresh",
                        "the source of demand tells that nothing is asked"),
                arguments(
                        sleeping(ReasonKind.DEMAND_UNSEEN),
                        "MetricsFresh",
                        "False",
                        "Absent",
                        "the source of spec.scaling.demandAtZero shows nothing of the model; without it no replica is"
                                + " started from zero and the last one is not released"),
                arguments(
                        sleeping(ReasonKind.DEMAND_UNSEEN),
                        "Ready",
                        "False",
                        "NoReplicas",
                        "0 replicas ready of 0 wanted; the source of spec.scaling.demandAtZero shows nothing of the model;"
                                + " without it no replica is started from zero and the last one is not released"),
                arguments(
                        decision().tier(L4, 3, 0, 0, 0, 2).because(FAILING),
                        "Ready",
                        "False",
                        "EngineFailing",
                        "0 replicas ready of 3 wanted, 2 failing; the engine fails on l4: container engine ended with"
                                + " code 1 (Error), restarted 3 times: CUDA error: no device"),
                arguments(
                        decision().tier(L4, 3, 2, 0, 0, 1).because(steady(), FAILING),
                        "Ready",
                        "True",
                        "EngineFailing",
                        "2 replicas ready of 3 wanted, 1 failing; the engine fails on l4: container engine ended with"
                                + " code 1 (Error), restarted 3 times: CUDA error: no device"),
                arguments(
                        decision()
                                .tier(L4, 3, 0, 0, 0, 1)
                                .because(Reason.of(ReasonKind.ENGINE_FAILING)
                                        .on(L4)
                                        .failure(new EngineFailure(
                                                "engine", "ErrImagePull", OptionalInt.empty(), "not found", 0))),
                        "Ready",
                        "False",
                        "EngineFailing",
                        "0 replicas ready of 3 wanted, 1 failing; the engine fails on l4: container engine does not start"
                                + " (ErrImagePull): not found"),
                arguments(
                        decision()
                                .tier(L4, 0, 0, 0, 0, 0)
                                .because(
                                        Reason.of(ReasonKind.NO_TIER),
                                        Reason.of(ReasonKind.TIER_MISSING).on(L4)),
                        "Ready",
                        "False",
                        "TierMissing",
                        "0 replicas ready of 0 wanted; no tier may be used now"),
                arguments(
                        decision()
                                .tier(L4, 1, 0, 0, 0, 0)
                                .because(
                                        Reason.of(ReasonKind.RECOMMENDED).about("l4×1"),
                                        Reason.of(ReasonKind.FIRST_START)),
                        "Ready",
                        "False",
                        "NoReplicas",
                        "0 replicas ready of 1 wanted; only recommended: l4×1"),
                arguments(decision().latency(), "LatencyMet", "True", "Met", "no latency target is declared"),
                arguments(
                        decision(),
                        "LatencyMet",
                        "True",
                        "Met",
                        "TimeToFirstToken: 97.2 %–98.1 % within 1s, 95 % are asked for"),
                arguments(
                        decision().latency(unseen(Verdict.UNKNOWN), verdict(Verdict.MISSED, 1, 2.5, 0.9, 0.92)),
                        "LatencyMet",
                        "False",
                        "Missed",
                        "TimeToFirstToken: 90 %–92 % within 1s, 95 % are asked for"),
                arguments(
                        decision().latency(unseen(Verdict.UNKNOWN)),
                        "LatencyMet",
                        "Unknown",
                        "Unknown",
                        "TimeToFirstToken: 95 % are asked for within 1s; nothing was seen"),
                arguments(
                        decision().latency(unseen(Verdict.UNKNOWN).unmeasured(Unmeasured.NO_PROMETHEUS)),
                        "LatencyMet",
                        "Unknown",
                        "Unknown",
                        "TimeToFirstToken: 95 % are asked for within 1s; latencies are to come from a gateway, which needs"
                                + " --prometheus-url: start the operator with it, or write spec.engine.latencyFrom: Engine"),
                arguments(
                        decision().latency(unseen(Verdict.UNKNOWN).unmeasured(Unmeasured.NO_GATEWAY)),
                        "LatencyMet",
                        "Unknown",
                        "Unknown",
                        "TimeToFirstToken: 95 % are asked for within 1s; no gateway shows it for"
                                + " meta-llama/Llama-3.1-8B-Instruct: see that one exports gen_ai_server_* with this name,"
                                + " that Prometheus scrapes it, and that no other model has the name"),
                arguments(
                        decision().latency(verdict(Verdict.UNKNOWN, 0, 2.5, 0.9, 1)),
                        "LatencyMet",
                        "Unknown",
                        "Unknown",
                        "TimeToFirstToken: 90 %–100 % within 1s, 95 % are asked for; too few requests or too coarse a"
                                + " histogram to tell"),
                arguments(
                        decision()
                                .latency(unseen(Verdict.INFEASIBLE), verdict(Verdict.MISSED, 1, 2.5, 0.9, 0.92))
                                .because(Reason.of(ReasonKind.TARGET_INFEASIBLE)
                                        .on(L4)
                                        .about("TTFT")
                                        .observed(new Seconds(1.4))
                                        .limit(new Seconds(1))),
                        "LatencyMet",
                        "False",
                        "Infeasible",
                        "no permitted tier meets the TTFT target of 1s; the best is 1.4s on l4"),
                arguments(
                        decision().latency(unseen(Verdict.INFEASIBLE)),
                        "LatencyMet",
                        "False",
                        "Infeasible",
                        "no permitted tier can do it: TimeToFirstToken: 95 % are asked for within 1s; nothing was"
                                + " seen"),
                arguments(decision(), "CostMet", "True", "Met", "no limit is declared"),
                arguments(
                        decision().maxPerHour("2.40"),
                        "CostMet",
                        "True",
                        "Met",
                        "$2.40/h is within maxPerHour, $2.40/h"),
                arguments(
                        decision().maxPerHour("2.39"),
                        "CostMet",
                        "False",
                        "OverHourly",
                        "$2.40/h is above maxPerHour, $2.39/h"),
                arguments(
                        decision().maxPerHour("2.39").progress(Progress.SHIFTING),
                        "CostMet",
                        "False",
                        "OverHourly",
                        "$2.40/h is above maxPerHour, $2.39/h, while replicas are on their way out"),
                arguments(decision(), "CapacityAvailable", "True", "Available", "nothing is known to be out of stock"),
                arguments(
                        decision().benched(L4, LATER).benched(SPOT, LATER.plusSeconds(60)),
                        "CapacityAvailable",
                        "False",
                        "StockOut",
                        "no further accelerators can be had: l4 is not asked before 2026-03-01T12:05:00Z, l4-spot is not"
                                + " asked before 2026-03-01T12:06:00Z"),
                arguments(
                        decision()
                                .benched(L4, LATER)
                                .because(Reason.of(ReasonKind.QUOTA_REACHED).on(L4)),
                        "CapacityAvailable",
                        "False",
                        "QuotaReached",
                        "a quota of the namespace forbids more replicas: l4 is not asked before 2026-03-01T12:05:00Z"),
                arguments(decision(), "MetricsFresh", "True", "Fresh", "metrics are recent enough to decide on"),
                arguments(
                        decision().freshness(Freshness.PARTIAL).because(Reason.of(ReasonKind.METRICS_PARTIAL)),
                        "MetricsFresh",
                        "False",
                        "Partial",
                        "part of the metrics did not come: nothing is released"),
                arguments(
                        decision()
                                .progress(Progress.HELD)
                                .because(Reason.of(ReasonKind.PLANNING_FAILED)
                                        .about("ArithmeticException: long overflow")),
                        "Converged",
                        "False",
                        "Held",
                        "3 replicas ready of 3 wanted; planning failed, what is ordered is kept: ArithmeticException:"
                                + " long overflow"),
                arguments(
                        decision()
                                .freshness(Freshness.STALE)
                                .because(Reason.of(ReasonKind.METRICS_STALE).observed(new Seconds(75))),
                        "MetricsFresh",
                        "False",
                        "Stale",
                        "metrics are 75s old: nothing is released"),
                arguments(
                        decision().freshness(Freshness.STALE).because(Reason.of(ReasonKind.METRICS_BEGUN)),
                        "MetricsFresh",
                        "Unknown",
                        "Stale",
                        "metrics have only begun: nothing is released yet"),
                arguments(
                        decision()
                                .freshness(Freshness.ABSENT)
                                .because(Reason.of(ReasonKind.METRICS_ABSENT).observed(new RequestRate(3))),
                        "MetricsFresh",
                        "False",
                        "Absent",
                        "no metrics: the demand of 3.00 req/s is assumed to go on"),
                arguments(
                        decision().freshness(Freshness.ABSENT).tier(L4, 3, 0, 3, 0, 0),
                        "MetricsFresh",
                        "Unknown",
                        "Absent",
                        "no replica is ready that could tell"),
                arguments(decision(), "Converged", "True", "Steady", "l4×3 carries 5.00 req/s, 4.00 req/s are needed"),
                arguments(
                        decision()
                                .progress(Progress.SCALING_UP)
                                .tier(L4, 3, 1, 2, 0, 0)
                                .because(Reason.of(ReasonKind.DEMAND_ROSE)
                                        .about("l4×3")
                                        .observed(new RequestRate(4))
                                        .limit(new RequestRate(2))
                                        .bill(HourlyCost.ofDollars("0.80"), HourlyCost.ofDollars("2.40"))),
                        "Converged",
                        "False",
                        "ScalingUp",
                        "1 replica ready of 3 wanted, 2 starting; demand needs 4.00 req/s, but only 2.00 req/s can be"
                                + " carried: going to l4×3 ($0.80/h → $2.40/h)"),
                arguments(
                        decision().progress(Progress.SCALING_DOWN).tier(L4, 2, 2, 0, 1, 0),
                        "Converged",
                        "False",
                        "ScalingDown",
                        "2 replicas ready of 2 wanted, 1 draining; l4×3 carries 5.00 req/s, 4.00 req/s are needed"),
                arguments(
                        decision()
                                .progress(Progress.SHIFTING)
                                .tier(L4, 0, 3, 0, 0, 0)
                                .tier(SPOT, 3, 0, 3, 0, 0)
                                .because(Reason.of(ReasonKind.SHIFT_WAITING)
                                        .on(SPOT)
                                        .about("l4×3")),
                        "Converged",
                        "False",
                        "Shifting",
                        "3 replicas ready of 3 wanted, 3 starting; l4×3 serves on until the replicas on l4-spot are"
                                + " ready"),
                arguments(
                        decision()
                                .progress(Progress.HELD)
                                .because(
                                        Reason.of(ReasonKind.REPLICA_LOST)
                                                .on(L4)
                                                .about("chat-l4-1"),
                                        Reason.of(ReasonKind.PAUSED)),
                        "Converged",
                        "False",
                        "Held",
                        "3 replicas ready of 3 wanted; paused: what runs is kept"),
                arguments(
                        decision().progress(Progress.PINNED).because(steady(), pinned(3)),
                        "Converged",
                        "True",
                        "Pinned",
                        "3 replicas ready of 3 wanted; spec.scaling.replicas asks for 3; unset it with: kubectl -n"
                                + " assistants patch mdep chat --type=json -p"
                                + " '[{\"op\":\"remove\",\"path\":\"/spec/scaling/replicas\"}]'"),
                arguments(
                        decision()
                                .progress(Progress.PINNED)
                                .tier(L4, 4, 3, 1, 0, 0)
                                .because(pinned(4)),
                        "Converged",
                        "False",
                        "Pinned",
                        "3 replicas ready of 4 wanted, 1 starting; spec.scaling.replicas asks for 4; unset it with:"
                                + " kubectl -n assistants patch mdep chat --type=json -p"
                                + " '[{\"op\":\"remove\",\"path\":\"/spec/scaling/replicas\"}]'"),
                arguments(
                        decision()
                                .because(Reason.of(ReasonKind.FOREIGN_SCALER)
                                        .on(L4)
                                        .about("another manager")),
                        "Conflict",
                        "True",
                        "ForeignScaler",
                        "another manager manages the replicas on l4; nothing is scaled meanwhile. Remove it, then"
                                + " hand the number back with a change by hand: kubectl -n assistants scale deployment -l"
                                + " gearshift.dev/model-deployment=chat --replicas=<another number>"));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionGivesACondition(Decisions decision, String type, String status, String reason, String message) {
        Condition condition = condition(ModelStatus.of(Declared.facts(decision.make()), null, NOW), type);
        assertThat(condition.getStatus()).isEqualTo(status);
        assertThat(condition.getReason()).isEqualTo(reason);
        assertThat(condition.getMessage()).isEqualTo(message);
        assertThat(condition.getObservedGeneration()).isEqualTo(7);
        assertThat(condition.getLastTransitionTime()).isEqualTo("2026-03-01T12:00:01Z");
    }

    @Test
    void conditionsHaveAnOrderAndConflictOnlyAppearsWhileThereIsOne() {
        assertThat(conditions(decision()))
                .containsExactly("Ready", "LatencyMet", "CostMet", "CapacityAvailable", "MetricsFresh", "Converged");
        assertThat(conditions(decision().because(Reason.of(ReasonKind.FOREIGN_SCALER))))
                .containsExactly(
                        "Ready", "LatencyMet", "CostMet", "CapacityAvailable", "MetricsFresh", "Converged", "Conflict");
    }

    @Test
    void theTimeOfATransitionIsKeptUntilTheStatusChanges() {
        ModelDeploymentStatus first =
                ModelStatus.of(Declared.facts(decision().maxPerHour("9").make()), null, NOW);
        ModelDeploymentStatus second = ModelStatus.of(
                Declared.facts(decision()
                        .maxPerHour("1")
                        .tier(L4, 3, 2, 0, 0, 1)
                        .because(FAILING)
                        .make()),
                first,
                LATER);
        assertThat(condition(second, "Ready"))
                .returns("EngineFailing", Condition::getReason)
                .returns("2026-03-01T12:00:01Z", Condition::getLastTransitionTime);
        assertThat(condition(second, "CostMet").getLastTransitionTime()).isEqualTo("2026-03-01T12:05:00Z");
    }

    /** A decision names the quota only when the bench begins. */
    @Test
    void aQuotaStaysTheCauseWhileItsBenchLasts() {
        Reason quota = Reason.of(ReasonKind.QUOTA_REACHED).on(L4);
        ModelDeploymentStatus first = ModelStatus.of(
                Declared.facts(decision().benched(L4, LATER).because(quota).make()), null, NOW);
        ModelDeploymentStatus lasting =
                ModelStatus.of(Declared.facts(decision().benched(L4, LATER).make()), first, NOW);
        ModelDeploymentStatus another = ModelStatus.of(
                Declared.facts(decision().benched(L4, LATER.plusSeconds(600)).make()), lasting, LATER);
        assertThat(condition(lasting, "CapacityAvailable").getReason()).isEqualTo("QuotaReached");
        assertThat(condition(another, "CapacityAvailable").getReason()).isEqualTo("StockOut");
    }

    @Test
    void whatTheClusterRefusesIsToldInItsWordsEvenWhileReplicasServe() {
        Refusal refusal = new Refusal(Refusal.Kind.TEMPLATE_REFUSED, "spec.containers[0].image: Required value");
        Condition ready = condition(
                ModelStatus.of(Declared.refused(decision().generation(6).make(), refusal), null, NOW), "Ready");
        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getReason()).isEqualTo("TemplateRefused");
        assertThat(ready.getMessage()).isEqualTo("spec.containers[0].image: Required value");
        assertThat(ready.getObservedGeneration()).isEqualTo(7);
    }

    @Test
    void aNameThatIsTakenIsToldAtLength() {
        Refusal refusal = new Refusal(Refusal.Kind.NAME_CONFLICT, "x".repeat(5000));
        Condition ready = condition(ModelStatus.of(Declared.refused(decision().make(), refusal), null, NOW), "Ready");
        assertThat(ready.getReason()).isEqualTo("NameConflict");
        assertThat(ready.getMessage()).hasSize(900).endsWith("x…");
    }

    private static Reason pinned(int count) {
        return Reason.of(ReasonKind.PINNED).limit(new Count(count));
    }

    private static List<String> conditions(Decisions decision) {
        return Optional.ofNullable(ModelStatus.of(Declared.facts(decision.make()), null, NOW)
                        .conditions())
                .orElseThrow()
                .stream()
                .map(Condition::getType)
                .toList();
    }

    private static Condition condition(ModelDeploymentStatus status, String type) {
        return Optional.ofNullable(status.conditions()).orElseThrow().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
