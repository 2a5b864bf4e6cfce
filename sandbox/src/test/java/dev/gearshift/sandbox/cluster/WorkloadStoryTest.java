package dev.gearshift.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.ReplicaPhase;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadStoryTest {

    @Test
    void aSmallerReplicaSetGivesUpThePodThatCostsLeast() {
        try (Story story = new Story().deploy("chat", "l4", 3).until(300)) {
            Pod cheapest = story.pod(1);
            story.annotate(cheapest, VictimOrder.DELETION_COST, "-5");
            story.scale("chat-l4", 2).until(302);
            assertThat(story.podNames())
                    .hasSize(2)
                    .doesNotContain(cheapest.getMetadata().getName());
        }
    }

    @Test
    void aSmallerReplicaSetGivesUpPodsThatAreNotPlacedFirst() {
        try (Story story = new Story().deploy("chat", "l4", 2).until(300)) {
            List<String> serving = story.podNames();
            story.annotate(story.pod(0), VictimOrder.DELETION_COST, "-5");
            story.scale("chat-l4", 3).until(301).scale("chat-l4", 2).until(302);
            assertThat(story.podNames()).isEqualTo(serving);
        }
    }

    @Test
    void aRollingUpdateKeepsEnoughPodsAvailable() {
        try (Story story = new Story().deploy("chat", "l4", 2)) {
            story.edit(
                            "chat-l4",
                            builder -> builder.editSpec()
                                    .withNewStrategy()
                                    .withType("RollingUpdate")
                                    .withNewRollingUpdate()
                                    .withMaxSurge(new IntOrString(1))
                                    .withMaxUnavailable(new IntOrString(0))
                                    .endRollingUpdate()
                                    .endStrategy()
                                    .endSpec())
                    .until(300);
            setImage(story, "vllm/vllm-openai:v0.12.0");
            for (int second = 301; second < 900; second++) {
                story.until(second);
                Map<ReplicaPhase, Integer> pods = story.world.replicas().getOrDefault("l4", Map.of());
                assertThat(pods.getOrDefault(ReplicaPhase.READY, 0)).isGreaterThanOrEqualTo(2);
                assertThat(pods.values().stream().mapToInt(Integer::intValue).sum()
                                - pods.getOrDefault(ReplicaPhase.TERMINATING, 0))
                        .isLessThanOrEqualTo(3);
            }
            assertThat(story.pods())
                    .hasSize(2)
                    .allSatisfy(pod -> assertThat(Pods.engine(pod).getImage()).endsWith("v0.12.0"));
            assertThat(story.replicaSets())
                    .extracting(set -> set.getSpec().getReplicas())
                    .containsExactlyInAnyOrder(0, 2);
            assertThat(story.theDeployment().getStatus().getConditions())
                    .anySatisfy(condition -> assertThat(condition.getReason()).isEqualTo("NewReplicaSetAvailable"));
        }
    }

    @Test
    void recreationWaitsUntilEveryOldPodIsGone() {
        try (Story story = new Story().deploy("chat", "l4", 2)) {
            story.edit(
                            "chat-l4",
                            builder -> builder.editSpec()
                                    .withNewStrategy()
                                    .withType("Recreate")
                                    .endStrategy()
                                    .endSpec())
                    .until(300);
            setImage(story, "vllm/vllm-openai:v0.12.0");
            story.until(301);
            assertThat(story.pods())
                    .hasSize(2)
                    .allSatisfy(pod -> assertThat(Pods.engine(pod).getImage()).endsWith("v0.12.0"));
            story.until(400);
            assertThat(story.world.replicas()).containsEntry("l4", Map.of(ReplicaPhase.READY, 2));
        }
    }

    private static void setImage(Story story, String image) {
        story.edit(
                "chat-l4",
                builder -> builder.editSpec()
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .withImage(image)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec());
    }

    @Test
    void aDeletedDeploymentTakesItsReplicaSetsAndPodsAlong() {
        try (Story story =
                new Story().deploy("chat", "l4", 2).deploy("code", "l4", 1).until(300)) {
            story.store.delete(story.theDeployment());
            story.until(301);
            assertThat(story.podNames()).hasSize(1).first().asString().startsWith("code-");
            assertThat(story.replicaSets()).hasSize(1);
        }
    }

    @Test
    void anOwnerOfAKindNobodyWatchesCountsAsPresent() {
        try (Story story = new Story().deploy("chat", "l4", 1)) {
            story.edit(
                            "chat-l4",
                            builder -> builder.editMetadata()
                                    .addNewOwnerReference()
                                    .withApiVersion("example.com/v1")
                                    .withKind("Unheard")
                                    .withName("of")
                                    .withUid("nowhere")
                                    .endOwnerReference()
                                    .endMetadata())
                    .until(10);
            assertThat(story.podNames()).hasSize(1);
        }
    }
}
