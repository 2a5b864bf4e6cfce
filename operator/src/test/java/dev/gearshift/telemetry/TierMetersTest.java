package dev.gearshift.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Accelerator;
import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.CarbonIntensity;
import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.Watts;
import dev.gearshift.loop.Price;
import dev.gearshift.loop.PriceSource;
import dev.gearshift.loop.Quote;
import dev.gearshift.loop.QuotedTier;
import dev.gearshift.loop.TierFacts;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TierMetersTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final TierMeters meters = new TierMeters(registry);

    @Test
    void aTierIsShownWithWhatItCostsDrawsAndEmits() {
        meters.quoted(List.of(tier(Optional.of(72), Optional.of(500), PriceSource.OPENCOST, Optional.of(60))));

        assertThat(series())
                .containsExactlyInAnyOrder(
                        "gearshift_tier_price_dollars_per_hour{source=\"opencost\",tier=\"l4\"} 0.41",
                        "gearshift_tier_power_watts{tier=\"l4\"} 60.0",
                        "gearshift_co2_grams_per_hour{tier=\"l4\"} 90.0");
    }

    @Test
    void whereNothingIsMeasuredTheDeclaredPowerIsShown() {
        meters.quoted(List.of(tier(Optional.of(72), Optional.empty(), PriceSource.KARPENTER, Optional.empty())));

        assertThat(series())
                .containsExactlyInAnyOrder(
                        "gearshift_tier_price_dollars_per_hour{source=\"karpenter\",tier=\"l4\"} 0.41",
                        "gearshift_tier_power_watts{tier=\"l4\"} 72.0");
    }

    @Test
    void aTierHasOnePriceAtATimeAndNoneWhenItIsGone() {
        meters.quoted(List.of(tier(Optional.empty(), Optional.empty(), PriceSource.OPENCOST, Optional.of(60))));
        meters.quoted(List.of(tier(Optional.empty(), Optional.of(430), PriceSource.DECLARED, Optional.empty())));
        assertThat(series())
                .containsExactly("gearshift_tier_price_dollars_per_hour{source=\"declared\",tier=\"l4\"} 0.41");

        meters.quoted(List.of());
        assertThat(series()).isEmpty();
    }

    /** Three accelerators at 0.41 dollars. */
    static QuotedTier tier(
            Optional<Integer> watts, Optional<Integer> grams, PriceSource source, Optional<Integer> measured) {
        Tier tier = new Tier(
                new TierName("l4"),
                new Accelerator("nvidia.com/gpu", "NVIDIA-L4", Bytes.ofGibibytes(24), new Datasheet(300, 121)),
                1,
                CapacityType.ON_DEMAND,
                HourlyCost.ofDollars("0.80"),
                OptionalInt.empty(),
                Optional.empty());
        TierFacts.Declaration declaration = new TierFacts.Declaration(
                Optional.empty(), new TreeMap<>(), watts.map(Watts::new), grams.map(CarbonIntensity::new));
        TierFacts facts = new TierFacts(
                tier,
                declaration,
                List.of(
                        new TierFacts.Placed("team", "p", "a", new TreeMap<>(), 1),
                        new TierFacts.Placed("team", "q", "b", new TreeMap<>(), 2)));
        Price price = new Price(HourlyCost.ofDollars("0.41"), source, source.word(), Optional.empty());
        return new QuotedTier(facts, new Quote(price, measured.map(Watts::new)));
    }

    private List<String> series() {
        return registry.scrape().lines().filter(line -> !line.startsWith("#")).toList();
    }
}
