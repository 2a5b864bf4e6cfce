package dev.gearshift.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Watts;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTierStatus;
import dev.gearshift.kubernetes.mapping.TierMapping;
import dev.gearshift.loop.Price;
import dev.gearshift.loop.PriceSource;
import dev.gearshift.loop.Quote;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void thePriceInForceIsShownWithWhoSaysSo() {
        HardwareTierStatus status = quoted("0.7899", PriceSource.OPENCOST, Optional.empty(), Optional.of(61.4));
        assertThat(status.observedPrice()).isEqualTo("0.79");
        assertThat(status.priceSource()).isEqualTo("OpenCost, as told");
        assertThat(status.observedWatts()).isEqualTo(61);
        assertThat(told(status))
                .contains("PriceAgrees=True/Agrees: OpenCost says 0.79 $ an accelerator-hour, declared are 0.80 $");
    }

    @ParameterizedTest
    @CsvSource({
        "0.60,True,Agrees",
        "0.599,False,PriceDiffers",
        "1.00,True,Agrees",
        "1.001,False,PriceDiffers",
        "0.20,False,PriceDiffers"
    })
    void aPriceMoreThanAQuarterOffTheDeclaredOneIsToldOf(String price, String truth, String reason) {
        HardwareTierStatus status = quoted(price, PriceSource.KARPENTER, Optional.empty(), Optional.empty());
        assertThat(conditions(status))
                .filteredOn(condition -> condition.getType().equals("PriceAgrees"))
                .extracting(Condition::getStatus, Condition::getReason)
                .containsExactly(tuple(truth, reason));
    }

    @Test
    void aPriceThatIsNotBelievedIsToldOf() {
        HardwareTierStatus status = quoted(
                "0.80",
                PriceSource.DECLARED,
                Optional.of(new Price.Refused(PriceSource.OPENCOST, HourlyCost.ofDollars("42.5"))),
                Optional.empty());
        assertThat(told(status))
                .contains("PriceAgrees=False/PriceRefused: OpenCost says 42.50 $ an accelerator-hour, declared are 0.80"
                        + " $: too far off to be believed, so it is not used; put spec.price, spec.acceleratorsPerNode or"
                        + " OpenCost right");
    }

    @Test
    void whereNobodyElseSaysAnythingThereIsNothingToAgreeWith() {
        HardwareTierStatus status = quoted("0.80", PriceSource.DECLARED, Optional.empty(), Optional.empty());
        assertThat(status.observedPrice()).isEqualTo("0.80");
        assertThat(status.observedWatts()).isNull();
        assertThat(conditions(status)).extracting(Condition::getType).doesNotContain("PriceAgrees");
    }

    @Test
    void whatIsNotSeenDoesNotMakeAStatusWorthWriting() {
        HardwareTierStatus first = quoted("0.41004", PriceSource.OPENCOST, Optional.empty(), Optional.of(61.4));
        assertThat(quoted("0.40996", PriceSource.OPENCOST, Optional.empty(), Optional.of(60.6)))
                .isEqualTo(first);
        assertThat(quoted("0.42", PriceSource.OPENCOST, Optional.empty(), Optional.of(61.4)))
                .isNotEqualTo(first);
    }

    @Test
    void beforeTheFirstPlanThePriceOfBeforeStays() {
        HardwareTierStatus before = quoted("0.41", PriceSource.OPENCOST, Optional.empty(), Optional.of(61.0));
        assertThat(status(Declared.tier(), Optional.empty(), Optional.of(before), LATER))
                .isEqualTo(before);
    }

    private static HardwareTierStatus quoted(
            String price, PriceSource source, Optional<Price.Refused> refused, Optional<Double> watts) {
        Quote quote = new Quote(
                new Price(HourlyCost.ofDollars(price), source, source.word() + ", as told", refused),
                watts.map(Watts::new));
        HardwareTier tier = Declared.tier();
        return HardwareStatus.of(
                new HardwareStatus.Facts(tier, TierMapping.map(tier), 4, 6, Optional.empty(), Optional.of(quote)),
                null,
                NOW);
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
