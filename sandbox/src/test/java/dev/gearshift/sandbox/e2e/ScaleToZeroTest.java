package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Knocking;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.sandbox.operator.OperatorOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A model that nobody asks for has no replica, and gets one when somebody does. */
class ScaleToZeroTest {

    private static final Manifest SLEEPER = Fleet.chat()
            .with("spec.scaling.minReplicas", 0)
            .with("spec.scaling.idleAfter", "5m")
            .with("spec.scaling.demandAtZero", Map.of("source", "Gateway"));

    /** What the gateway says is asked of every model, in requests per second. */
    private volatile double knocking;

    /** A gateway in front of the engines, as Prometheus would tell of it. */
    private MetricsSource withGateway(MetricsSource engines) {
        return (wanted, now) -> {
            SortedMap<ModelKey, ModelObservation> seen = new TreeMap<>(engines.observe(wanted, now));
            seen.replaceAll((model, observed) -> observed.knocking(new Knocking.Heard(new RequestRate(knocking))));
            return seen;
        };
    }

    @Test
    void itSleepsWakesAndGrows() {
        try (Fleet fleet = Fleet.withoutOperator()) {
            fleet.sandbox().startOperator(OperatorOptions.USUAL.measured(this::withGateway), List.of());
            fleet.apply(SLEEPER);
            fleet.until(Fleet.CHAT, "Ready", "Asleep");
            assertThat(fleet.condition(Fleet.CHAT, "MetricsFresh").orElseThrow().getStatus())
                    .isEqualTo("True");
            fleet.pass(Duration.ofMinutes(10));
            assertThat(fleet.pods(Fleet.CHAT)).isEmpty();

            knocking = 0.2;
            fleet.untilReady(Fleet.CHAT, 1);
            assertThat(fleet.eventReasons(Fleet.CHAT)).contains("Woken").doesNotContain("FirstStart");

            knocking = 0;
            fleet.until(
                    "the replica is gone",
                    Fleet.PATIENCE,
                    () -> fleet.pods(Fleet.CHAT).isEmpty());
            fleet.until(Fleet.CHAT, "Ready", "Asleep");
            assertThat(fleet.eventReasons(Fleet.CHAT)).contains("Idle");
            assertThat(fleet.status(Fleet.CHAT).replicas()).isZero();
            assertThat(fleet.service(Fleet.CHAT)).isPresent();
            fleet.pass(Duration.ofMinutes(30));
            assertThat(fleet.pods(Fleet.CHAT)).isEmpty();

            knocking = 8;
            fleet.until(
                    "several replicas come at once",
                    Duration.ofMinutes(1),
                    () -> fleet.pods(Fleet.CHAT).size() > 1);
        }
    }

    @Test
    void withoutPrometheusItIsToldAndOneReplicaIsKept() {
        try (Fleet fleet = Fleet.withOperator()) {
            fleet.apply(SLEEPER);
            fleet.untilReady(Fleet.CHAT, 1);
            fleet.untilTold(
                    Fleet.CHAT, "Ready", "minReplicas 0 is taken for 1: start the operator with --prometheus-url");
            fleet.pass(Duration.ofMinutes(20));
            assertThat(fleet.pods(Fleet.CHAT)).hasSize(1);
        }
    }
}
