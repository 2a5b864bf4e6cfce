package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples, applied as they are: the cluster takes them, and what their comments say is to be seen. */
class ExamplesTest {

    private static final Duration SOON = Duration.ofMinutes(20);

    static Stream<String> examples() throws IOException {
        try (Stream<Path> found = Files.list(Path.of("..", "examples"))) {
            return found
                    .filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** The only model of an example. */
    private static Manifest model(String example) {
        return Manifest.example(example, "model.yaml").stream()
                .filter(manifest -> manifest.text("kind").equals("ModelDeployment"))
                .findFirst()
                .orElseThrow();
    }

    private static Fleet serving(String example) {
        Fleet fleet = Fleet.of(example);
        Manifest.example(example, "model.yaml").forEach(fleet::apply);
        fleet.until(model(example).name(), "Ready", "Ready");
        return fleet;
    }

    private static String message(Fleet fleet, String model, String type) {
        return fleet.condition(model, type).orElseThrow().getMessage();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsTakenAndServes(String example) {
        try (Fleet fleet = serving(example)) {
            String ready = message(fleet, model(example).name(), "Ready");
            assertThat(ready).doesNotContain("not used", "note:");
            assertThat(fleet.eventReasons(model(example).name())).contains("FirstStart");
        }
    }

    @Test
    void aCapOnTheHourIsNeverExceededAndIsTold() {
        try (Fleet fleet = serving("chat-hourly-limit")) {
            fleet.play("chat", 12, SOON);
            fleet.until(
                    "the cap is told", SOON, () -> fleet.eventReasons("chat").contains("CostCap"));
            fleet.pass(Duration.ofMinutes(5));
            assertThat(fleet.ordered("chat")).containsEntry("l4-spot", 3).doesNotContainKey("l4");
            assertThat(fleet.condition("chat", "CostMet").orElseThrow().getStatus())
                    .isEqualTo("True");
            assertThat(fleet.condition("chat", "LatencyMet").orElseThrow().getReason())
                    .isEqualTo("Missed");
            assertThat(fleet.eventReasons("chat")).doesNotContain("CostAlarm");
        }
    }

    @Test
    void withoutPrecedenceOfCostTheSameLimitIsAnAlarm() {
        try (Fleet fleet = Fleet.of("chat-hourly-limit")) {
            fleet.apply(model("chat-hourly-limit").with("spec.slo.precedence", "Latency"));
            fleet.until("chat", "Ready", "Ready");
            fleet.play("chat", 12, SOON);
            fleet.until(
                    "the alarm is told", SOON, () -> fleet.eventReasons("chat").contains("CostAlarm"));
            assertThat(fleet.ordered("chat").get("l4-spot")).isGreaterThan(3);
        }
    }

    @Test
    void aLargeModelStartsOnSpotAndMovesOnWhenItIsTakenBackAndOutOfStock() {
        try (Fleet fleet = serving("llama-70b-spot")) {
            fleet.untilReady("llama-70b", 2);
            SortedMap<String, Integer> first = fleet.ordered("llama-70b");
            assertThat(first).hasSize(1);
            String spot = first.firstKey();
            assertThat(spot).endsWith("-spot");
            fleet.pods("llama-70b")
                    .forEach(pod -> assertThat(engine(pod).getArgs()).contains("--tensor-parallel-size=2"));

            Duration age = fleet.sandbox().world().age();
            fleet.sandbox().world().disturbances().stockOut(age, age.plusHours(2), spot);
            fleet.sandbox().world().disturbances().spotInterruption(age.plusMinutes(1), spot);
            fleet.until(
                    "replicas come on another tier",
                    SOON,
                    () -> fleet.ordered("llama-70b").entrySet().stream()
                            .anyMatch(tier -> !tier.getKey().equals(spot) && tier.getValue() == 2));
            fleet.untilReady("llama-70b", 2);
            assertThat(fleet.eventReasons("llama-70b")).contains("ReplicaLost", "StockOut");
        }
    }

    @Test
    void aModelStaysInItsRegionAndSaysOfACheaperTierElsewhereThatItIsNotUsed() {
        try (Fleet fleet = serving("region-bound")) {
            List<Object> tiers = new ArrayList<>(List.of(Map.of("name", "eu-l40s"), Map.of("name", "eu-h100")));
            tiers.add(Map.of("name", "us-l4"));
            fleet.apply(model("region-bound").with("spec.tiers", tiers));
            fleet.untilTold(
                    "records",
                    "Ready",
                    "not used: spec.tiers[2].name is \"us-l4\", which is in us-east-1, not in spec.placement.regions"
                            + " [eu-north1]");
            fleet.pass(Duration.ofMinutes(10));
            assertThat(fleet.condition("records", "Ready").orElseThrow().getStatus())
                    .isEqualTo("True");
            assertThat(fleet.ordered("records"))
                    .isNotEmpty()
                    .allSatisfy((tier, replicas) -> assertThat(tier).startsWith("eu-"));
            fleet.pods("records")
                    .forEach(pod -> assertThat(pod.getSpec().getAffinity().toString())
                            .contains("topology.kubernetes.io/region", "eu-north1"));
        }
    }

    /** The simulated engine shows vLLM's metrics, and so none that this one names. */
    @Test
    void aCustomEngineKeepsItsProbesAndReleasesNothingWithoutMetricsOfTheNamesGiven() {
        try (Fleet fleet = serving("custom-engine")) {
            Container engine = engine(fleet.pods("support").get(0));
            assertThat(engine.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/ready");
            assertThat(engine.getStartupProbe().getFailureThreshold()).isEqualTo(360);
            fleet.until(
                    "metrics are missing",
                    SOON,
                    () -> fleet.condition("support", "MetricsFresh")
                            .filter(fresh -> "False".equals(fresh.getStatus()) && "Absent".equals(fresh.getReason()))
                            .isPresent());
            assertThat(fleet.refusal(model("custom-engine").without("spec.engine.metrics.waiting")))
                    .contains("waiting");
            fleet.apply(model("custom-engine").without("spec.template.spec.containers[0].startupProbe"));
            fleet.until("support", "Ready", "InvalidSpec");
            assertThat(fleet.ordered("support")).isEqualTo(Map.of("l4", 1));
        }
    }

    private static Container engine(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals("engine"))
                .findFirst()
                .orElseThrow();
    }
}
