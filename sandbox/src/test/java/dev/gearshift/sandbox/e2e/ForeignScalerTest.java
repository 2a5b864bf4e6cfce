package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Somebody else who manages the replicas of our Deployments is told of and not fought. */
class ForeignScalerTest {

    private static final Duration WHILE = Duration.ofMinutes(20);

    private static Deployment deployment(Fleet fleet) {
        return fleet.deployment(Fleet.CHAT, "l4-spot").orElseThrow();
    }

    private static void conflictIsTold(Fleet fleet) {
        fleet.until(Fleet.CHAT, "Conflict", "ForeignScaler");
        assertThat(fleet.condition(Fleet.CHAT, "Conflict")).hasValueSatisfying(conflict -> {
            assertThat(conflict.getStatus()).isEqualTo("True");
            assertThat(conflict.getMessage()).contains("manages the replicas on l4-spot", "hand the number back");
        });
        assertThat(fleet.condition(Fleet.CHAT, "Converged")).hasValueSatisfying(converged -> {
            assertThat(converged.getStatus()).isEqualTo("False");
            assertThat(converged.getReason()).isEqualTo("Held");
        });
        assertThat(fleet.eventReasons(Fleet.CHAT)).contains("ForeignScaler");
    }

    @Test
    void anAutoscalersNumberIsLeftAloneUntilAPersonTakesItBack() {
        try (Fleet fleet = Fleet.serving()) {
            fleet.scale(deployment(fleet), "horizontal-pod-autoscaler", 3);
            conflictIsTold(fleet);
            fleet.untilReady(Fleet.CHAT, 3);
            fleet.pass(WHILE);
            assertThat(fleet.ordered(Fleet.CHAT)).isEqualTo(Map.of("l4-spot", 3));

            // A deleted autoscaler keeps its name on the field: whoever changes the number by hand takes it away.
            fleet.scale(deployment(fleet), "kubectl", 2);
            fleet.until(
                    "the conflict is over",
                    Fleet.PATIENCE,
                    () -> fleet.condition(Fleet.CHAT, "Conflict").isEmpty());
            fleet.untilReady(Fleet.CHAT, 1);
            fleet.until(Fleet.CHAT, "Converged", "Steady");
        }
    }

    @Test
    void aToolThatAppliesReplicasKeepsThemUntilItDoesNotAnyMore() {
        try (Fleet fleet = Fleet.serving()) {
            Manifest desired =
                    Manifest.of("""
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {namespace: assistants}
                    spec: {replicas: 2}
                    """).named(deployment(fleet).getMetadata().getName());
            fleet.apply(desired, "argocd-controller", true);
            conflictIsTold(fleet);
            fleet.untilReady(Fleet.CHAT, 2);
            fleet.apply(Fleet.chat().with("spec.scaling.minReplicas", 3));
            fleet.pass(WHILE);
            assertThat(fleet.ordered(Fleet.CHAT)).isEqualTo(Map.of("l4-spot", 2));
            // It applies again and again, and never without force: none of its fields is ours.
            fleet.apply(desired, "argocd-controller", false);

            fleet.apply(desired.without("spec.replicas"), "argocd-controller", false);
            fleet.untilReady(Fleet.CHAT, 3);
            fleet.until(Fleet.CHAT, "Converged", "Steady");
            assertThat(fleet.condition(Fleet.CHAT, "Conflict")).isEmpty();
        }
    }
}
