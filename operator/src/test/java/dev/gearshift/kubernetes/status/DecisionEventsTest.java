package dev.gearshift.kubernetes.status;

import static dev.gearshift.kubernetes.status.Decisions.L4;
import static dev.gearshift.kubernetes.status.Decisions.SPOT;
import static dev.gearshift.kubernetes.status.Decisions.decision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.EngineFailure;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionEventsTest {

    private static final Reason ROSE = Reason.of(ReasonKind.DEMAND_ROSE)
            .on(L4)
            .about("l4×3")
            .observed(new RequestRate(4))
            .limit(new RequestRate(2));
    private static final Reason OUT = Reason.of(ReasonKind.STOCK_OUT).on(SPOT).limit(new Seconds(300));

    @Test
    void afterAStartEverythingIsNews() {
        assertThat(DecisionEvents.of(Optional.empty(), because(OUT, ROSE)))
                .containsExactly(
                        new EventText(true, "StockOut", "no further l4-spot can be had; not asked again for 5m"),
                        new EventText(
                                false,
                                "DemandRose",
                                "demand needs 4.00 req/s, but only 2.00 req/s can be carried: going to l4×3"));
    }

    @Test
    void otherFiguresAreNoNewsButAnotherTierOrSubjectIs() {
        assertThat(news(ROSE, ROSE.observed(new RequestRate(4.2)))).isEmpty();
        assertThat(news(ROSE, ROSE.about("l4×4"))).containsExactly("DemandRose");
        assertThat(news(OUT, OUT.on(L4))).containsExactly("StockOut");
        assertThat(news(ROSE, OUT)).containsExactly("StockOut");
    }

    @Test
    void whatComesBackIsNewsAgain() {
        assertThat(news(ROSE, OUT)).hasSize(1);
        assertThat(news(OUT, ROSE)).hasSize(1);
    }

    @Test
    void missingMetricsAreNewsOnceHoweverTheyAreMissing() {
        Reason stale = Reason.of(ReasonKind.METRICS_STALE).observed(new Seconds(40));
        Reason absent = Reason.of(ReasonKind.METRICS_ABSENT).observed(new RequestRate(3));
        Reason partial = Reason.of(ReasonKind.METRICS_PARTIAL);
        assertThat(news(ROSE, stale)).containsExactly("MetricsStale");
        assertThat(news(stale, absent)).isEmpty();
        assertThat(news(absent, partial)).isEmpty();
        assertThat(news(partial, stale)).isEmpty();
    }

    @Test
    void aPlanningErrorIsNewsOnceWhateverItsWords() {
        Reason failed = Reason.of(ReasonKind.PLANNING_FAILED);
        assertThat(news(ROSE, failed.about("index 7"))).containsExactly("PlanningFailed");
        assertThat(news(failed.about("index 7"), failed.about("index 8"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ReasonKind.class,
            names = {"STEADY", "METRICS_BEGUN", "RELEASE_DEFERRED", "COSTS_MORE", "TOO_SMALL"})
    void nothingIsSaidWhenNothingHappens(ReasonKind kind) {
        assertThat(DecisionEvents.of(Optional.empty(), because(Reason.of(kind))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ReasonKind.class,
            names = {
                "STOCK_OUT",
                "QUOTA_REACHED",
                "ENGINE_FAILING",
                "METRICS_MISSING",
                "PLANNING_FAILED",
                "AT_MAX_REPLICAS",
                "TIER_LIMIT",
                "COST_CAP",
                "COST_ALARM",
                "TARGET_INFEASIBLE",
                "SHIFT_ABORTED",
                "REPLICA_LOST",
                "DRAIN_EXPIRED",
                "FOREIGN_SCALER",
                "TIER_MISSING",
                "NO_TIER"
            })
    void whatNeedsAPersonIsAWarning(ReasonKind kind) {
        assertThat(DecisionEvents.of(Optional.empty(), because(Reason.of(kind))))
                .singleElement()
                .returns(true, EventText::warning);
    }

    @ParameterizedTest
    @EnumSource(
            value = ReasonKind.class,
            names = {
                "FIRST_START",
                "DEMAND_FELL",
                "CHEAPER_GEAR",
                "SHIFT_COMPLETED",
                "PINNED",
                "DRAINED",
                "METRICS_STALE",
                "METRICS_BACK"
            })
    void whatGoesItsWayIsNormal(ReasonKind kind) {
        assertThat(DecisionEvents.of(Optional.empty(), because(Reason.of(kind))))
                .singleElement()
                .returns(false, EventText::warning);
    }

    @Test
    void anEngineThatGoesOnFailingIsNoNewsWithEveryRestart() {
        assertThat(news(failing("Error", 3), failing("OOMKilled", 4))).isEmpty();
    }

    private static Reason failing(String cause, int restarts) {
        return Reason.of(ReasonKind.ENGINE_FAILING)
                .on(SPOT)
                .failure(new EngineFailure("engine", cause, OptionalInt.of(1), "", restarts));
    }

    @Test
    void manyLostReplicasDoNotHideWhatIsDoneAboutThem() {
        List<Reason> lost = IntStream.range(0, 20)
                .mapToObj(i -> Reason.of(ReasonKind.REPLICA_LOST).on(SPOT).about("chat-" + i))
                .toList();
        Reason[] reasons = Stream.concat(lost.stream(), Stream.of(ROSE, ROSE)).toArray(Reason[]::new);
        assertThat(DecisionEvents.of(Optional.empty(), because(reasons)))
                .hasSize(DecisionEvents.MOST)
                .extracting(EventText::reason)
                .startsWith("ReplicaLost", "DemandRose", "ReplicaLost")
                .containsOnlyOnce("DemandRose");
    }

    private static List<String> news(Reason before, Reason now) {
        return DecisionEvents.of(Optional.of(because(before)), because(now)).stream()
                .map(EventText::reason)
                .toList();
    }

    private static Decision because(Reason... reasons) {
        return decision().because(reasons).make();
    }
}
