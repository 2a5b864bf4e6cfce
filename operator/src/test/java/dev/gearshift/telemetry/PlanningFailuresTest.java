package dev.gearshift.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.FleetMemory;
import dev.gearshift.core.Outcome;
import dev.gearshift.core.model.ModelKey;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PlanningFailuresTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PlanningFailures failures = new PlanningFailures(registry);

    @Test
    void itStandsAtZeroBeforeAnythingFailed() {
        assertThat(registry.scrape()).contains("gearshift_planning_failures_total 0.0");
    }

    @Test
    void everyPlanThatFailedIsCounted() {
        publish("chat", "code");
        publish("chat");
        publish();
        assertThat(registry.scrape()).contains("gearshift_planning_failures_total 3.0");
    }

    private void publish(String... models) {
        SortedMap<ModelKey, RuntimeException> thrown = new TreeMap<>();
        for (String model : models) {
            thrown.put(new ModelKey("team", model), new ArithmeticException("long overflow"));
        }
        failures.publish(new Outcome(List.of(), FleetMemory.EMPTY, thrown), Decisions.NOW);
    }
}
