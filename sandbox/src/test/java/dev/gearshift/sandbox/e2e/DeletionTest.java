package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import org.junit.jupiter.api.Test;

/** What is left of a model that is deleted. */
class DeletionTest {

    @Test
    void everythingThatWasMadeForAModelGoesWithIt() {
        try (Fleet fleet = Fleet.serving()) {
            fleet.apply(Fleet.chat().named("other"));
            fleet.untilReady("other", 1);
            assertThat(fleet.owned(Fleet.CHAT))
                    .anySatisfy(object -> assertThat(object).startsWith("Deployment/"))
                    .anySatisfy(object -> assertThat(object).startsWith("Service/"))
                    .anySatisfy(object -> assertThat(object).startsWith("PodDisruptionBudget/"))
                    .anySatisfy(object -> assertThat(object).startsWith("Pod/"));
            fleet.model(Fleet.CHAT).delete();
            fleet.until(
                    "nothing of it is left",
                    Fleet.PATIENCE,
                    () -> fleet.owned(Fleet.CHAT).isEmpty());
            fleet.until("its accelerators are free", Fleet.PATIENCE, () -> isInUse(fleet, 1));
            assertThat(fleet.pods("other")).hasSize(1);
        }
    }

    @Test
    void aModelOfTheSameNameBeginsAnew() {
        try (Fleet fleet = Fleet.serving()) {
            fleet.model(Fleet.CHAT).delete();
            fleet.apply(Fleet.chat().with("spec.scaling.minReplicas", 2));
            fleet.untilReady(Fleet.CHAT, 2);
            fleet.until(Fleet.CHAT, "Ready", "Ready");
        }
    }

    private static boolean isInUse(Fleet fleet, int accelerators) {
        return Integer.valueOf(accelerators)
                .equals(fleet.client()
                        .resources(HardwareTier.class)
                        .withName("l4-spot")
                        .get()
                        .getStatus()
                        .inUse());
    }
}
