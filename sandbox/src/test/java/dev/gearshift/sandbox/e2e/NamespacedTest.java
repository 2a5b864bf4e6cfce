package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.sandbox.operator.OperatorOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An operator of some namespaces serves the models there, and leaves what belongs to the whole cluster alone. */
class NamespacedTest {

    @Test
    void theStatusOfTiersIsOnlyWrittenByAnOperatorThatSeesEveryNamespace() {
        try (Fleet fleet = Fleet.withoutOperator()) {
            fleet.sandbox().startOperator(OperatorOptions.USUAL.in(Set.of(Fleet.NAMESPACE)), List.of());
            fleet.apply(Fleet.chat());
            fleet.untilReady(Fleet.CHAT, 1);
            fleet.until(Fleet.CHAT, "Converged", "Steady");
            assertThat(tiers(fleet))
                    .isNotEmpty()
                    .allSatisfy(tier -> assertThat(tier.getStatus())
                            .as("status of %s", tier.getMetadata().getName())
                            .isNull());

            fleet.sandbox().startOperator(OperatorOptions.USUAL, List.of());
            fleet.pass(Duration.ofMinutes(1));
            assertThat(tiers(fleet))
                    .allSatisfy(tier -> assertThat(tier.getStatus())
                            .as("status of %s", tier.getMetadata().getName())
                            .isNotNull());
        }
    }

    private static List<HardwareTier> tiers(Fleet fleet) {
        return fleet.client().resources(HardwareTier.class).list().getItems();
    }
}
