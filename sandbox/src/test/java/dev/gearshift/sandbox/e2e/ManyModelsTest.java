package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.sandbox.apiserver.RequestCounters;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An operator of many models is started anew. */
final class ManyModelsTest {

    private static final int MODELS = 20;

    /** Each of the five objects of a model: tried and applied; its name is looked up only when there is none. */
    private static final int APPLIES_A_MODEL = 10;

    @Test
    void aRestartChangesNoObject() {
        try (Fleet fleet = Fleet.withOperator()) {
            for (int i = 0; i < MODELS; i++) {
                fleet.apply(Fleet.chat().named("model-" + i));
            }
            fleet.pass(Duration.ofSeconds(45));
            assertThat(fleet.ordered("model-" + (MODELS - 1))).isNotEmpty();
            RequestCounters requests = fleet.sandbox().server().requests();
            requests.reset();
            fleet.startOperator();
            fleet.pass(Duration.ofSeconds(35));
            assertThat(requests.writes().keySet())
                    .as("figures are told anew, and what is still being waited for")
                    .isSubsetOf(
                            "apply ModelDeployment/status", "apply HardwareTier/status", "create Event", "patch Event");
            assertThat(requests.writes().getOrDefault("apply ModelDeployment/status", 0L))
                    .isLessThanOrEqualTo(MODELS);
            long applies = requests.requests().entrySet().stream()
                    .filter(each -> each.getKey().startsWith("apply "))
                    .mapToLong(each -> each.getValue())
                    .sum();
            assertThat(applies).isLessThanOrEqualTo((long) MODELS * (APPLIES_A_MODEL + 2));
        }
    }
}
