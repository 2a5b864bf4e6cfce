package dev.gearshift.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.ReplicaPhase;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.sandbox.traffic.Traffic;
import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.FailureCause;
import dev.gearshift.simulate.RequestOutcome;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficStoryTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private static Story serving(int replicas) {
        return new Story().deploy("chat", "l4-spot", replicas).service("chat").until(300);
    }

    private static EngineSimulator engine(Story story, Pod pod) {
        return story.world.engines().engine(pod).orElseThrow();
    }

    @Test
    void requestsSpreadOverTheReadyPods() {
        try (Story story = serving(2)) {
            Traffic traffic = story.play("chat", FIVE_MINUTES, SECOND.dividedBy(2), 200, 20);
            story.until(420);
            assertThat(traffic.account().served()).isEqualTo(200);
            assertThat(story.pods())
                    .allSatisfy(pod -> assertThat(engine(story, pod).counters().completed())
                            .isBetween(70L, 130L));
        }
    }

    @Test
    void twoKindsOfTrafficReachTheSamePods() {
        try (Story story = serving(1)) {
            Traffic dense = story.play("chat", FIVE_MINUTES, SECOND.dividedBy(2), 100, 20);
            Traffic sparse = story.play("chat", FIVE_MINUTES, SECOND.multipliedBy(7), 7, 200);
            story.until(420);
            assertThat(dense.account().served()).isEqualTo(100);
            assertThat(sparse.account().served()).isEqualTo(7);
        }
    }

    @Test
    void clientsTryForHalfAMinuteToConnect() {
        try (Story story = new Story().service("chat")) {
            Traffic traffic = story.play("chat", Duration.ZERO, SECOND, 10, 20);
            story.until(29);
            assertThat(traffic.account().failed()).isZero();
            story.until(60);
            assertThat(traffic.account().failedByCause()).isEqualTo(Map.of(FailureCause.NO_REPLICA, 10L));
        }
    }

    @Test
    void aWaitForTheFirstReplicaCountsAsTimeToFirstToken() {
        try (Story story = serving(1)) {
            story.unlabel(story.pod(0), "gearshift.dev/serving");
            Traffic traffic = story.play("chat", FIVE_MINUTES, SECOND, 1, 5);
            story.until(310);
            story.store.update(new io.fabric8.kubernetes.api.model.PodBuilder(story.pod(0))
                    .editMetadata()
                    .addToLabels("gearshift.dev/serving", "true")
                    .endMetadata()
                    .build());
            story.until(320);
            assertThat(traffic.account().outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            RequestOutcome.Completed.class,
                            outcome -> assertThat(outcome.timeToFirstToken())
                                    .isBetween(new Seconds(10), new Seconds(10.2)));
        }
    }

    @Test
    void aPodThatLostItsLabelFinishesAndGetsNothingNew() {
        try (Story story = serving(2)) {
            Traffic traffic = story.play("chat", FIVE_MINUTES, SECOND, 200, 1000);
            story.until(320);
            Pod drained = story.pod(0);
            EngineSimulator engine = engine(story, drained);
            assertThat(engine.running()).isPositive();
            story.unlabel(drained, "gearshift.dev/serving");
            story.until(321);
            int left = engine.running();
            story.until(400);
            assertThat(engine.counters().completed()).isEqualTo(left);
            assertThat(engine.isIdle()).isTrue();
            assertThat(Pods.isReady(story.pod(0))).isTrue();
            assertThat(traffic.account().failed()).isZero();
        }
    }

    @Test
    void aPodToldToStopFinishesFirst() {
        try (Story story = serving(2)) {
            Traffic traffic = story.play("chat", FIVE_MINUTES, SECOND, 60, 600);
            story.until(330).scale("chat-l4-spot", 1).until(331);
            assertThat(story.world.replicas())
                    .containsEntry("l4-spot", Map.of(ReplicaPhase.READY, 1, ReplicaPhase.TERMINATING, 1));
            story.until(420);
            assertThat(story.podNames()).hasSize(1);
            assertThat(traffic.account().served()).isEqualTo(60);
        }
    }

    @Test
    void aPodWithoutAHookAbortsItsRequestsWhenItIsToldToStop() {
        try (Story story = new Story()) {
            story.deploy("chat", "l4", 1).withoutHook("chat-l4").service("chat").until(300);
            Traffic traffic = story.play("chat", FIVE_MINUTES, SECOND, 1, 1000);
            story.until(305).scale("chat-l4", 0).until(306);
            assertThat(story.pods()).isEmpty();
            assertThat(traffic.account().failedByCause()).isEqualTo(Map.of(FailureCause.REPLICA_LOST, 1L));
            assertThat(traffic.account().outcomes().get(0).at()).isEqualTo(Duration.ofSeconds(305));
        }
    }

    @Test
    void aSpotNodesPodWithoutAHookDoesNotUseTheNotice() {
        try (Story story = new Story()) {
            story.deploy("chat", "l4-spot", 1)
                    .withoutHook("chat-l4-spot")
                    .service("chat")
                    .until(300);
            Traffic traffic = story.play("chat", FIVE_MINUTES, SECOND, 1, 100);
            story.world.disturbances().spotInterruption(Duration.ofSeconds(301), "l4-spot");
            story.until(302);
            assertThat(traffic.account().failedByCause()).isEqualTo(Map.of(FailureCause.SPOT_INTERRUPTION, 1L));
        }
    }

    @Test
    void aGracePeriodThatEndsCutsRequestsOff() {
        try (Story story = new Story()) {
            story.deploy("chat", "l4", 1).service("chat");
            story.edit(
                            "chat-l4",
                            builder -> builder.editSpec()
                                    .editTemplate()
                                    .editSpec()
                                    .withTerminationGracePeriodSeconds(5L)
                                    .endSpec()
                                    .endTemplate()
                                    .endSpec())
                    .until(300);
            Traffic traffic = story.play("chat", FIVE_MINUTES, SECOND, 1, 1000);
            story.until(301).scale("chat-l4", 0).until(310);
            assertThat(traffic.account().failedByCause()).isEqualTo(Map.of(FailureCause.GRACE_PERIOD_OVER, 1L));
            assertThat(traffic.account().outcomes().get(0).at()).isEqualTo(Duration.ofSeconds(306));
        }
    }

    @Test
    void aSpotInterruptionFailsOnlyItsOwnLongRequestsAndThePodIsReplaced() {
        try (Story story = serving(2)) {
            Traffic traffic = story.play("chat", FIVE_MINUTES, Duration.ofSeconds(2), 20, 1500);
            story.world.disturbances().spotInterruption(Duration.ofSeconds(330), "l4-spot");
            story.until(329);
            story.until(330);
            Pod victim = story.pods().stream()
                    .filter(Pods::isTerminating)
                    .findFirst()
                    .orElseThrow();
            assertThat(story.world
                            .cluster()
                            .node(victim.getSpec().getNodeName())
                            .orElseThrow()
                            .getSpec())
                    .satisfies(spec -> {
                        assertThat(spec.getUnschedulable()).isTrue();
                        assertThat(spec.getTaints())
                                .anySatisfy(taint -> assertThat(taint.getKey()).isEqualTo(NodeLife.INTERRUPTION_TAINT));
                    });
            assertThat(story.events("SpotInterruption")).hasSize(1);
            story.until(359);
            int cut = engine(story, victim).running();
            assertThat(cut).isPositive();
            story.until(360);
            assertThat(story.world.cluster().node(victim.getSpec().getNodeName()))
                    .isEmpty();
            assertThat(traffic.account().failedByCause()).isEqualTo(Map.of(FailureCause.SPOT_INTERRUPTION, (long) cut));
            story.until(700);
            assertThat(traffic.account().served()).isEqualTo(20 - cut);
            assertThat(traffic.account().unfinished()).isZero();
            assertThat(story.world.replicas()).containsEntry("l4-spot", Map.of(ReplicaPhase.READY, 2));
        }
    }

    @Test
    void aLostNodeFailsItsRequestsAndKeepsItsPodUntilTheClusterNotices() {
        try (Story story = serving(2)) {
            Traffic traffic = story.play("chat", FIVE_MINUTES, SECOND, 200, 400);
            story.world.disturbances().nodeLoss(Duration.ofSeconds(330), "l4-spot");
            story.until(331);
            long cut = traffic.account().failedByCause().getOrDefault(FailureCause.NODE_LOST, 0L);
            assertThat(cut).isPositive();
            assertThat(story.world.ledger().rate(story.world.now())).isEqualTo(HourlyCost.ofDollars("0.397"));
            assertThat(story.world.replicas()).containsEntry("l4-spot", Map.of(ReplicaPhase.READY, 2));
            story.until(371);
            assertThat(story.world.endpoints().of(Story.NAMESPACE, "chat")).hasSize(1);
            story.until(391);
            assertThat(story.world.cluster().nodes()).hasSize(1);
            assertThat(story.podNames()).hasSize(2).last().asString().endsWith("-00003");
            story.until(700);
            // Clients that met the dead pod tried another one a second later.
            assertThat(traffic.account().failedByCause()).isEqualTo(Map.of(FailureCause.NODE_LOST, cut));
            assertThat(story.world.replicas()).containsEntry("l4-spot", Map.of(ReplicaPhase.READY, 2));
        }
    }

    @Test
    void aDrainedNodeIsGivenBackAndItsPodMoves() {
        try (Story story = serving(1)) {
            story.world.disturbances().drain(Duration.ofSeconds(310), "l4-spot");
            story.until(311);
            assertThat(story.podNames()).hasSize(1).first().asString().endsWith("-00002");
            story.until(600);
            assertThat(story.world.replicas()).containsEntry("l4-spot", Map.of(ReplicaPhase.READY, 1));
            assertThat(story.world.cluster().nodes()).hasSize(1);
        }
    }
}
