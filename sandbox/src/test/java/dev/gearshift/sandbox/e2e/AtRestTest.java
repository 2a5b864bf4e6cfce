package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.sandbox.apiserver.RequestCounters;
import dev.gearshift.sandbox.traffic.Traffic;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fleet under constant traffic, with nothing to do. */
class AtRestTest {

    private static final long STATUS_WRITES_AN_HOUR = 12;
    private static final long MEMORY_WRITES_AN_HOUR = 12;

    @Test
    void nothingIsWrittenForAnHourButFiguresOfTheStatusAndMemory() {
        try (Fleet fleet = Fleet.serving()) {
            fleet.apply(Fleet.chat().named("other"));
            fleet.untilReady("other", 1);
            Traffic traffic = fleet.play(Fleet.CHAT, 0.5, Duration.ofMinutes(100));
            fleet.pass(Duration.ofMinutes(20));
            fleet.until(Fleet.CHAT, "Converged", "Steady");
            fleet.until("other", "Converged", "Steady");
            RequestCounters requests = fleet.sandbox().server().requests();
            requests.reset();
            fleet.pass(Duration.ofHours(1));
            assertThat(requests.writes().keySet()).isSubsetOf("apply ModelDeployment/status", "apply ConfigMap");
            assertThat(requests.requests("apply", "ModelDeployment/status"))
                    .isPositive()
                    .isLessThanOrEqualTo(2 * STATUS_WRITES_AN_HOUR);
            assertThat(requests.requests("apply", "ConfigMap"))
                    .as("the memory of the model that is asked, and hardly of the other")
                    .isPositive()
                    .isLessThanOrEqualTo(MEMORY_WRITES_AN_HOUR + 2);
            assertThat(requests.requests().keySet())
                    .as("nothing is asked or tried either")
                    .isSubsetOf("apply ModelDeployment/status", "apply ConfigMap");
            assertThat(traffic.account().failed()).isZero();
        }
    }

    @Test
    void kubectlShowsTheGearTheReplicasTheFiguresAndTheConditions() {
        try (Fleet fleet = Fleet.serving()) {
            fleet.play(Fleet.CHAT, 0.5, Duration.ofMinutes(40));
            fleet.pass(Duration.ofMinutes(20));
            Map<String, String> row =
                    PrintedColumns.of(fleet.client(), "modeldeployments.gearshift.dev", fleet.stored(Fleet.CHAT));
            assertThat(row)
                    .containsEntry("GEAR", "l4-spot×1")
                    .containsEntry("READY", "1/1")
                    .containsEntry("$/H", "0.40")
                    .containsEntry("LATENCY", "True")
                    .containsEntry("COST", "True")
                    .containsEntry("REASON", "Steady")
                    .containsKeys("TTFT", "TPOT", "$/1M", "AGE");
            assertThat(row.get("TTFT")).matches("[≤>]? ?[0-9.]+m?s(–[0-9.]+m?s)?");
            assertThat(row.get("TPOT")).matches("[≤>]? ?[0-9.]+m?s(–[0-9.]+m?s)?");
        }
    }
}
