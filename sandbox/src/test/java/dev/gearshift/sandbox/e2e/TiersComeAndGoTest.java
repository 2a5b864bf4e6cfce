package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.dependent.ObjectNames;
import dev.gearshift.sandbox.traffic.Traffic;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tiers that are taken out of a model, or out of the cluster, while replicas run on them. */
class TiersComeAndGoTest {

    private static final String ON_SPOT = ObjectNames.tier(Fleet.CHAT, new TierName("l4-spot"));

    private static List<Map<String, String>> tiers(String... names) {
        return List.of(names).stream().map(name -> Map.of("name", name)).toList();
    }

    private static void deleteTier(Fleet fleet, String name) {
        fleet.client().resource(Fleet.tier(name).object()).delete();
    }

    @Test
    void aTierThatAModelGivesUpIsDrainedFirstAndThenItsObjectsGo() {
        try (Fleet fleet = Fleet.serving()) {
            Traffic traffic = fleet.play(Fleet.CHAT, 1, Duration.ofMinutes(30));
            fleet.pass(Duration.ofMinutes(2));
            Pod old = fleet.pods(Fleet.CHAT).get(0);
            fleet.apply(Fleet.chat().with("spec.tiers", tiers("l4")));
            fleet.until(
                    "a replica on the other tier is ordered",
                    Duration.ofSeconds(30),
                    () -> fleet.ordered(Fleet.CHAT).equals(Map.of("l4", 1, "l4-spot", 1)));
            fleet.until("the old replica drains", Fleet.PATIENCE, () -> {
                Pod live = fleet.client().resource(old).get();
                return live == null || !live.getMetadata().getLabels().containsKey("gearshift.dev/serving");
            });
            assertThat(fleet.client().resource(old).get())
                    .as("it is still there while it drains")
                    .isNotNull();
            fleet.until(
                    "everything of the old tier is gone",
                    Fleet.PATIENCE,
                    () -> fleet.deployment(Fleet.CHAT, "l4-spot").isEmpty()
                            && fleet.service(ON_SPOT).isEmpty());
            fleet.untilReady(Fleet.CHAT, 1);
            fleet.until(Fleet.CHAT, "Converged", "Steady");
            assertThat(fleet.ordered(Fleet.CHAT)).isEqualTo(Map.of("l4", 1));
            fleet.pass(Duration.ofMinutes(2));
            assertThat(traffic.account().failed()).isZero();
        }
    }

    @Test
    void aDeletedHardwareTierLeavesItsReplicasRunningAndGetsNoMore() {
        try (Fleet fleet = Fleet.serving()) {
            deleteTier(fleet, "l4-spot");
            fleet.until(
                    "the missing tier is told",
                    Fleet.PATIENCE,
                    () -> fleet.eventReasons(Fleet.CHAT).contains("TierMissing"));
            assertThat(fleet.condition(Fleet.CHAT, "Ready")).hasValueSatisfying(ready -> {
                assertThat(ready.getStatus()).isEqualTo("True");
                assertThat(ready.getMessage())
                        .contains(
                                "not used: spec.tiers[0].name is \"l4-spot\", but there is no HardwareTier of that name");
            });
            fleet.apply(Fleet.chat().with("spec.scaling.minReplicas", 2));
            fleet.untilReady(Fleet.CHAT, 2);
            fleet.pass(Duration.ofMinutes(30));
            assertThat(fleet.ordered(Fleet.CHAT)).isEqualTo(Map.of("l4-spot", 1, "l4", 1));
        }
    }

    @Test
    void withoutAnyTierLeftAModelServesOnAndRecoversWhenOneComesBack() {
        try (Fleet fleet = Fleet.serving()) {
            Traffic traffic = fleet.play(Fleet.CHAT, 0.5, Duration.ofMinutes(30));
            List.of("l4-spot", "l4", "h100").forEach(tier -> deleteTier(fleet, tier));
            fleet.until(Fleet.CHAT, "Ready", "TierMissing");
            assertThat(fleet.condition(Fleet.CHAT, "Ready")).hasValueSatisfying(ready -> {
                assertThat(ready.getStatus()).isEqualTo("False");
                assertThat(ready.getMessage()).contains("there is no HardwareTier of that name", "there are none");
            });
            fleet.pass(Duration.ofMinutes(20));
            assertThat(fleet.ordered(Fleet.CHAT)).isEqualTo(Map.of("l4-spot", 1));
            assertThat(traffic.account().failed()).isZero();

            fleet.apply(Fleet.tier("l4-spot"));
            fleet.until(Fleet.CHAT, "Ready", "Ready");
            fleet.until(Fleet.CHAT, "Converged", "Steady");
        }
    }
}
