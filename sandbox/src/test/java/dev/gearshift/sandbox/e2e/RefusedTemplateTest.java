package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.sandbox.traffic.Traffic;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A pod template is the user's, and the cluster is the judge of it. */
class RefusedTemplateTest {

    private static final String MISSPELT = "spec.template.spec.containers[0].imagePullPolicyy";

    private static final String NEXT_IMAGE = "vllm/vllm-openai:v0.11.1";

    @Test
    void anUnknownFieldIsToldInTheClustersWordsAndChangesNothing() {
        try (Fleet fleet = Fleet.serving()) {
            Traffic traffic = fleet.play(Fleet.CHAT, 0.5, Duration.ofMinutes(25));
            Deployment before = fleet.deployment(Fleet.CHAT, "l4-spot").orElseThrow();
            Manifest next = Fleet.chat().with("spec.template.spec.containers[0].image", NEXT_IMAGE);
            fleet.apply(next.with(MISSPELT, "Always"));
            fleet.until(Fleet.CHAT, "Ready", "TemplateRefused");
            assertThat(fleet.condition(Fleet.CHAT, "Ready")).hasValueSatisfying(ready -> {
                assertThat(ready.getStatus()).isEqualTo("False");
                assertThat(ready.getMessage())
                        .contains("field not declared in schema", MISSPELT.substring(MISSPELT.lastIndexOf('.')));
            });
            fleet.pass(Duration.ofMinutes(10));
            assertThat(fleet.deployment(Fleet.CHAT, "l4-spot").orElseThrow().getSpec())
                    .isEqualTo(before.getSpec());

            fleet.apply(next);
            fleet.until(Fleet.CHAT, "Ready", "Ready");
            fleet.until(
                    "pods run the next image",
                    Fleet.PATIENCE,
                    () -> fleet.pods(Fleet.CHAT).stream()
                            .allMatch(pod -> NEXT_IMAGE.equals(
                                    pod.getSpec().getContainers().get(0).getImage())));
            fleet.untilReady(Fleet.CHAT, 1);
            assertThat(traffic.account().failed()).isZero();
        }
    }

    @Test
    void aMistakeOnOneTierKeepsEveryTierFromBeingChanged() {
        try (Fleet fleet = Fleet.withOperator()) {
            fleet.apply(Fleet.tier("l4-spot").with("spec.limit", 1));
            Manifest both = Fleet.chat()
                    .with("spec.scaling.minReplicas", 2)
                    .with("spec.tiers", List.of(Map.of("name", "l4-spot"), Map.of("name", "l4")));
            fleet.apply(both.with("spec.tiers[1].env", List.of(Map.of("name", "LEVEL", "valeu", "debug"))));
            fleet.until(Fleet.CHAT, "Ready", "TemplateRefused");
            assertThat(fleet.condition(Fleet.CHAT, "Ready").orElseThrow().getMessage())
                    .contains("field not declared in schema")
                    .contains("valeu");
            fleet.pass(Duration.ofMinutes(10));
            assertThat(fleet.owned(Fleet.CHAT)).isEmpty();

            fleet.apply(both.with("spec.tiers[1].env", List.of(Map.of("name", "LEVEL", "value", "debug"))));
            fleet.untilReady(Fleet.CHAT, 2);
            assertThat(fleet.ordered(Fleet.CHAT)).isEqualTo(Map.of("l4-spot", 1, "l4", 1));
            fleet.until(Fleet.CHAT, "Ready", "Ready");
        }
    }
}
