package dev.gearshift.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTierStatus;
import dev.gearshift.kubernetes.mapping.TierMapping;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HardwareStatusTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:01Z");
    private static final Instant LATER = Instant.parse("2026-03-01T12:05:00Z");

    @Test
    void aTierThatCanBeUsedSaysSo() {
        HardwareTierStatus status = status(Declared.tier(), Optional.empty(), Optional.empty(), NOW);
        assertThat(status.observedGeneration()).isEqualTo(2);
        assertThat(status.inUse()).isEqualTo(4);
        assertThat(status.requested()).isEqualTo(6);
        assertThat(status.stockOutUntil()).isNull();
        assertThat(told(status))
                .containsExactly(
                        "Ready=True/Ready: models may use it",
                        "CapacityAvailable=True/Available: nothing is known to be out of stock");
    }

    @Test
    void aTierThatIsRefusedSaysWhatIsWrong() {
        HardwareTier broken = Declared.tierWithout("price: {perAcceleratorHour: \"0.80\"}");
        assertThat(told(status(broken, Optional.empty(), Optional.empty(), NOW)))
                .contains("Ready=False/InvalidSpec: spec.price.perAcceleratorHour is missing: write the dollars an"
                        + " accelerator costs per hour, such as \"0.80\"");
    }

    @Test
    void aStockOutIsShownUntilItIsOver() {
        HardwareTierStatus out = status(Declared.tier(), Optional.of(LATER), Optional.empty(), NOW);
        assertThat(out.stockOutUntil()).isEqualTo("2026-03-01T12:05:00Z");
        assertThat(told(out))
                .contains("CapacityAvailable=False/StockOut: no further accelerators can be had: not asked before"
                        + " 2026-03-01T12:05:00Z");
        HardwareTierStatus over = status(Declared.tier(), Optional.of(LATER), Optional.of(out), LATER);
        assertThat(over.stockOutUntil()).isNull();
        assertThat(conditions(over))
                .extracting(Condition::getStatus, Condition::getLastTransitionTime)
                .containsExactly(tuple("True", "2026-03-01T12:00:01Z"), tuple("True", "2026-03-01T12:05:00Z"));
    }

    private static HardwareTierStatus status(
            HardwareTier tier, Optional<Instant> stockOutUntil, Optional<HardwareTierStatus> before, Instant now) {
        return HardwareStatus.of(
                new HardwareStatus.Facts(tier, TierMapping.map(tier), 4, 6, stockOutUntil, Optional.empty()),
                before.orElse(null),
                now);
    }

    private static List<String> told(HardwareTierStatus status) {
        return conditions(status).stream()
                .map(condition -> condition.getType() + "=" + condition.getStatus() + "/" + condition.getReason() + ": "
                        + condition.getMessage())
                .toList();
    }

    private static List<Condition> conditions(HardwareTierStatus status) {
        return Optional.ofNullable(status.conditions()).orElseThrow();
    }
}
