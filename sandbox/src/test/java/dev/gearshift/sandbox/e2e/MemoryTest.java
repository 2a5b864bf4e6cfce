package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the operator remembers outlives it. */
class MemoryTest {

    private static final String NAME = "chat-gearshift-memory";

    private static Optional<ConfigMap> map(Fleet fleet) {
        return Optional.ofNullable(fleet.client()
                .configMaps()
                .inNamespace(Fleet.NAMESPACE)
                .withName(NAME)
                .get());
    }

    private static Fleet loaded() {
        Fleet fleet = Fleet.serving();
        fleet.play(Fleet.CHAT, 12, Duration.ofMinutes(60));
        fleet.pass(Duration.ofMinutes(32));
        assertThat(fleet.ordered(Fleet.CHAT).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isGreaterThan(1);
        return fleet;
    }

    /** The requests an error budget is made of, as they are kept. */
    private static double counted(Fleet fleet) {
        double counted = 0;
        for (JsonNode arrived : new KubernetesSerialization()
                .unmarshal(map(fleet).orElseThrow().getData().get("memory.json"), JsonNode.class)
                .at("/budgets/TIME_TO_FIRST_TOKEN/arrived")) {
            counted += arrived.asDouble();
        }
        return counted;
    }

    @Test
    void anOperatorThatIsKilledUnderLoadCarriesOn() {
        try (Fleet fleet = loaded()) {
            Map<String, Integer> ordered = fleet.ordered(Fleet.CHAT);
            double counted = counted(fleet);
            assertThat(counted).isGreaterThan(12 * 60 * 20);
            fleet.sandbox().killOperator();
            fleet.pass(Duration.ofSeconds(30));
            fleet.startOperator();
            for (int i = 0; i < 100; i++) {
                fleet.pass(Duration.ofSeconds(5));
                ordered.forEach(
                        (tier, count) -> assertThat(fleet.ordered(Fleet.CHAT).getOrDefault(tier, 0))
                                .isGreaterThanOrEqualTo(count));
            }
            assertThat(counted(fleet)).as("the budget goes on").isGreaterThan(counted);
        }
    }

    @Test
    void aDamagedMemoryIsBegunAnew() {
        try (Fleet fleet = loaded()) {
            Map<String, Integer> ordered = fleet.ordered(Fleet.CHAT);
            fleet.sandbox().stopOperator();
            fleet.patch(map(fleet).orElseThrow(), "kubectl", "{\"data\":{\"memory.json\":\"{damaged\"}}");
            fleet.startOperator();
            fleet.pass(Duration.ofMinutes(7));
            assertThat(fleet.ordered(Fleet.CHAT)).isEqualTo(ordered);
            assertThat(map(fleet).orElseThrow().getData().get("memory.json"))
                    .as("what is remembered now is kept again")
                    .startsWith("{\"version\":1");
        }
    }

    @Test
    void aMemoryGoesWithItsModel() {
        try (Fleet fleet = Fleet.serving()) {
            fleet.until("it is kept", Fleet.PATIENCE, () -> map(fleet).isPresent());
            fleet.model(Fleet.CHAT).delete();
            fleet.until("it is gone", Fleet.PATIENCE, () -> map(fleet).isEmpty());
        }
    }
}
