package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Objects of ours that others write to as well: what is theirs stays, what is ours is put right. */
class SharedFieldsTest {

    private static final String OUR_IMAGE = "vllm/vllm-openai:v0.11.0";

    private static Deployment deployment(Fleet fleet) {
        return fleet.deployment(Fleet.CHAT, "l4-spot").orElseThrow();
    }

    private static String image(Fleet fleet) {
        return deployment(fleet)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    @Test
    void whatOthersAddToADeploymentSurvivesOurWrites() {
        try (Fleet fleet = Fleet.serving()) {
            fleet.patch(
                    deployment(fleet),
                    "kubectl-edit",
                    "{\"metadata\":{\"annotations\":{\"team\":\"search\"},\"labels\":{\"cost-centre\":\"42\"}},"
                            + "\"spec\":{\"revisionHistoryLimit\":3}}");
            fleet.apply(Fleet.chat().with("spec.scaling.minReplicas", 2));
            fleet.untilReady(Fleet.CHAT, 2);
            Deployment live = deployment(fleet);
            assertThat(live.getMetadata().getAnnotations()).containsEntry("team", "search");
            assertThat(live.getMetadata().getLabels()).containsEntry("cost-centre", "42");
            assertThat(live.getSpec().getRevisionHistoryLimit()).isEqualTo(3);
            assertThat(live.getSpec().getReplicas()).isEqualTo(2);
        }
    }

    @Test
    void anImageThatSomebodyChangedIsPutRightAtOnce() {
        try (Fleet fleet = Fleet.serving()) {
            String pod = fleet.pods(Fleet.CHAT).get(0).getMetadata().getName();
            fleet.client()
                    .resource(deployment(fleet))
                    .edit(live -> live.edit()
                            .editSpec()
                            .editTemplate()
                            .editSpec()
                            .editContainer(0)
                            .withImage("vllm/vllm-openai:nightly")
                            .endContainer()
                            .endSpec()
                            .endTemplate()
                            .endSpec()
                            .build());
            fleet.settle();
            assertThat(image(fleet)).isEqualTo(OUR_IMAGE);
            fleet.untilReady(Fleet.CHAT, 1);
            assertThat(fleet.pods(Fleet.CHAT).get(0).getMetadata().getName()).isEqualTo(pod);
        }
    }

    @Test
    void replicasThatSomebodyChangedByHandArePutRightAtOnce() {
        try (Fleet fleet = Fleet.serving()) {
            fleet.scale(deployment(fleet), "kubectl", 5);
            fleet.settle();
            assertThat(fleet.ordered(Fleet.CHAT)).isEqualTo(Map.of("l4-spot", 1));
            fleet.untilReady(Fleet.CHAT, 1);
            assertThat(fleet.condition(Fleet.CHAT, "Conflict")).isEmpty();
        }
    }

    @Test
    void aSelectorThatSomebodyChangedIsPutRightAtOnce() {
        try (Fleet fleet = Fleet.serving()) {
            Service front = fleet.service(Fleet.CHAT).orElseThrow();
            fleet.patch(
                    front, "kubectl-patch", "{\"spec\":{\"selector\":{\"gearshift.dev/model-deployment\":\"other\"}}}");
            fleet.settle();
            assertThat(fleet.service(Fleet.CHAT).orElseThrow().getSpec().getSelector())
                    .isEqualTo(front.getSpec().getSelector());
        }
    }

    @Test
    void whatSomebodyDeletedIsMadeAgain() {
        try (Fleet fleet = Fleet.serving()) {
            fleet.client().resource(deployment(fleet)).delete();
            fleet.client().resource(fleet.service(Fleet.CHAT).orElseThrow()).delete();
            fleet.settle();
            assertThat(fleet.service(Fleet.CHAT)).isPresent();
            assertThat(fleet.deployment(Fleet.CHAT, "l4-spot")).isPresent();
            fleet.untilReady(Fleet.CHAT, 1);
            fleet.until(Fleet.CHAT, "Ready", "Ready");
        }
    }
}
