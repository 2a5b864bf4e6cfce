package dev.gearshift.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Money;
import dev.gearshift.core.model.ReplicaPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColdStartStoryTest {

    @Test
    void aReplicaStartsFromNothing() {
        try (Story story = new Story().deploy("chat", "l4", 1).until(0)) {
            assertThat(story.podNames()).hasSize(1).first().asString().matches("chat-l4-[0-9a-f]{10}-00001");
            assertThat(story.events("FailedScheduling")).singleElement().satisfies(event -> {
                assertThat(event.getMessage()).isEqualTo("no nodes available to schedule pods");
                assertThat(event.getInvolvedObject().getName())
                        .isEqualTo(story.podNames().get(0));
            });
            story.until(7);
            assertThat(story.events("TriggeredScaleUp"))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.getMessage()).isEqualTo("pod triggered scale-up: [{l4 0->1 (max: 8)}]"));
            assertThat(story.world.ledger().entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.asked()).isEqualTo(Story.at(7)));

            story.until(7 + 74);
            assertThat(story.world.cluster().nodes()).isEmpty();
            story.until(7 + 106);
            assertThat(story.world.cluster().nodes()).hasSize(1);
            assertThat(Pods.isScheduled(story.pod(0))).isTrue();
            assertThat(story.world.replicas()).containsEntry("l4", Map.of(ReplicaPhase.STARTING, 1));
            assertThat(story.theDeployment().getStatus().getUnavailableReplicas())
                    .isEqualTo(1);

            story.until(7 + 105 + 76);
            assertThat(story.world.replicas()).containsEntry("l4", Map.of(ReplicaPhase.READY, 1));
            assertThat(story.theDeployment().getStatus()).satisfies(status -> {
                assertThat(status.getReadyReplicas()).isEqualTo(1);
                assertThat(status.getUpdatedReplicas()).isEqualTo(1);
                assertThat(status.getObservedGeneration()).isEqualTo(1);
            });
            Instant placed = transition(story, "PodScheduled");
            Instant ready = transition(story, "Ready");
            assertThat(Duration.between(placed, ready)).isBetween(Duration.ofSeconds(44), Duration.ofSeconds(76));
        }
    }

    private static Instant transition(Story story, String type) {
        return Instant.parse(Pods.condition(story.pod(0), type).orElseThrow().getLastTransitionTime());
    }

    @Test
    void theBillRunsFromTheMomentANodeIsAskedForUntilItIsGivenBack() {
        try (Story story = new Story().deploy("chat", "l4", 1).until(300)) {
            assertThat(story.world.ledger().cost(Story.at(7))).isEqualTo(Money.ZERO);
            assertThat(story.world.ledger().cost(Story.at(7 + 36)))
                    .isEqualTo(Money.ofDollars("0.71").times(0.01));
            story.scale("chat-l4", 0).until(359);
            assertThat(story.world.cluster().nodes()).hasSize(1);
            story.until(500);
            assertThat(story.world.cluster().nodes()).isEmpty();
            assertThat(story.world.ledger().nodeTime(Story.at(500)))
                    .containsExactly(Map.entry("l4", Duration.ofSeconds(360 - 7)));
        }
    }

    @Test
    void theFirstPullOntoANodeIsTheSlowOne() {
        try (Story story = new Story().deploy("chat", "l4", 1).until(300)) {
            story.scale("chat-l4", 0).until(310).scale("chat-l4", 1).until(362);
            assertThat(story.world.replicas()).containsEntry("l4", Map.of(ReplicaPhase.READY, 1));
            assertThat(story.world.ledger().entries()).hasSize(1);
        }
    }

    @Test
    void aStockOutIsRefusedAndEndsByItself() {
        try (Story story = new Story()) {
            story.world.disturbances().stockOut(Duration.ZERO, Duration.ofMinutes(2), "l4");
            story.deploy("chat", "l4", 1).until(100);
            assertThat(story.events("TriggeredScaleUp")).isEmpty();
            assertThat(story.events("NotTriggerScaleUp")).singleElement().satisfies(event -> {
                assertThat(event.getMessage())
                        .isEqualTo("pod didn't trigger scale-up: 1 in backoff after failed scale-up, "
                                + "1 node(s) didn't match Pod's node affinity/selector");
                assertThat(event.getCount()).isEqualTo(4);
                assertThat(event.getLastTimestamp()).isEqualTo(Story.at(97).toString());
            });
            story.until(400);
            assertThat(story.events("TriggeredScaleUp")).hasSize(1);
            assertThat(story.world.replicas()).containsEntry("l4", Map.of(ReplicaPhase.READY, 1));
        }
    }

    @Test
    void aGroupAtItsMaximumRefuses() {
        try (Story story = new Story().deploy("chat", "l4", 9).until(400)) {
            assertThat(story.world.replicas())
                    .containsEntry("l4", Map.of(ReplicaPhase.READY, 8, ReplicaPhase.UNSCHEDULED, 1));
            assertThat(story.events("NotTriggerScaleUp"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getMessage()).contains("1 max node group size reached"));
            assertThat(story.events("FailedScheduling"))
                    .anySatisfy(event -> assertThat(event.getMessage())
                            .isEqualTo("0/8 nodes are available: 8 Insufficient nvidia.com/gpu."));
        }
    }
}
