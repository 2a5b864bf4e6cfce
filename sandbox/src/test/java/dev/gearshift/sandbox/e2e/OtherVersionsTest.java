package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Objects that another version of Gearshift left behind, or that were written while no schema was enforced. */
class OtherVersionsTest {

    private static final Manifest STRANGE = Fleet.chat()
            .named("strange")
            .with("spec.scaling.mode", "Turbo")
            .with("spec.scaling.maxReplicas", "many")
            .with("spec.slo.latency", List.of("fast"))
            .with("spec.burst", Map.of("credits", 3));

    private static void put(Fleet fleet, Manifest object) {
        fleet.sandbox().server().store().putUnvalidated(object.json());
    }

    @Test
    void anOperatorStartsBesideThemSaysSoAndServesTheOthers() {
        try (Fleet fleet = Fleet.withoutOperator()) {
            put(fleet, STRANGE);
            Object spec = fleet.stored("strange").at("spec");
            fleet.apply(Fleet.chat());
            fleet.startOperator();
            fleet.untilReady(Fleet.CHAT, 1);
            assertThat(fleet.condition("strange", "Ready")).hasValueSatisfying(ready -> {
                assertThat(ready.getStatus()).isEqualTo("False");
                assertThat(ready.getReason()).isEqualTo("InvalidSpec");
                assertThat(ready.getMessage())
                        .contains(
                                "spec.scaling.mode is \"Turbo\", which is not known: write Auto, Recommend or Paused",
                                "spec.scaling.maxReplicas is \"many\": write a whole number",
                                "spec.slo.latency is [\"fast\"]: write an object",
                                "spec.burst is not known: remove it, or install the version of Gearshift that knows it");
            });
            assertThat(fleet.owned("strange")).isEmpty();
            assertThat(fleet.stored("strange").at("spec")).isEqualTo(spec);
        }
    }

    @Test
    void aFieldNobodyKnowsIsNotedAndKeptAndTheRestServes() {
        try (Fleet fleet = Fleet.withoutOperator()) {
            put(fleet, Fleet.chat().named("newer").with("spec.burst", Map.of("credits", 3)));
            Object spec = fleet.stored("newer").at("spec");
            fleet.startOperator();
            fleet.until("newer", "Ready", "Ready");
            assertThat(fleet.condition("newer", "Ready")).hasValueSatisfying(ready -> {
                assertThat(ready.getStatus()).isEqualTo("True");
                assertThat(ready.getMessage()).contains("note: spec.burst is not known");
            });
            assertThat(fleet.stored("newer").at("spec")).isEqualTo(spec);
        }
    }

    @Test
    void aStatusThatCannotBeReadIsWrittenAnewAndASpecThatIsNotThereDisturbsNobody() {
        try (Fleet fleet = Fleet.withoutOperator()) {
            put(
                    fleet,
                    Fleet.chat()
                            .with(
                                    "status",
                                    Map.of(
                                            "replicas", "three",
                                            "ready", Map.of("of", 3),
                                            "conditions", "fine",
                                            "tiers", List.of("l4"),
                                            "mood", "good")));
            put(fleet, Fleet.chat().named("hollow").without("spec"));
            fleet.startOperator();
            fleet.until(Fleet.CHAT, "Ready", "Ready");
            assertThat(fleet.status(Fleet.CHAT).ready()).isEqualTo("1/1");
            assertThat(fleet.owned("hollow")).isEmpty();
        }
    }

    @Test
    void aTierOfAnotherVersionIsRefusedAndSoIsItsUse() {
        try (Fleet fleet = Fleet.withoutOperator()) {
            put(
                    fleet,
                    Fleet.tier("l4-spot")
                            .named("odd")
                            .with("spec.capacityType", "Preemptible")
                            .with("spec.price.perAcceleratorHour", 0.4));
            fleet.apply(Fleet.chat().with("spec.tiers", List.of(Map.of("name", "odd"), Map.of("name", "l4"))));
            fleet.startOperator();
            fleet.untilReady(Fleet.CHAT, 1);
            assertThat(fleet.ordered(Fleet.CHAT)).isEqualTo(Map.of("l4", 1));
            assertThat(fleet.condition(Fleet.CHAT, "Ready").orElseThrow().getMessage())
                    .contains("spec.tiers[0].name is \"odd\", a HardwareTier that is refused itself");
            assertThat(fleet.client()
                            .resources(HardwareTier.class)
                            .withName("odd")
                            .get()
                            .getStatus()
                            .conditions())
                    .filteredOn(condition -> condition.getType().equals("Ready"))
                    .singleElement()
                    .satisfies(ready -> {
                        assertThat(ready.getReason()).isEqualTo("InvalidSpec");
                        assertThat(ready.getMessage())
                                .contains(
                                        "spec.capacityType is \"Preemptible\", which is not known",
                                        "spec.price.perAcceleratorHour is 0.4");
                    });
        }
    }

    @Test
    void oneThatAppearsLaterDisturbsNobody() {
        try (Fleet fleet = Fleet.serving()) {
            put(fleet, STRANGE);
            Object spec = fleet.stored("strange").at("spec");
            fleet.settle();
            assertThat(fleet.condition("strange", "Ready").orElseThrow().getReason())
                    .isEqualTo("InvalidSpec");
            fleet.apply(Fleet.chat().with("spec.scaling.minReplicas", 2));
            fleet.untilReady(Fleet.CHAT, 2);
            assertThat(fleet.stored("strange").at("spec")).isEqualTo(spec);
        }
    }
}
