package dev.gearshift.telemetry;

import dev.gearshift.core.Outcome;
import dev.gearshift.loop.PlanSink;
import dev.gearshift.loop.PriceSource;
import dev.gearshift.loop.QuotedTier;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Meters of what tiers cost and draw; {@code docs/metrics.md} lists them. The series of a tier go with it, and so does one whose figure
 * is not known any more.
 */
public final class TierMeters implements PlanSink {

    private final GaugeFamily prices;
    private final GaugeFamily power;
    private final GaugeFamily carbon;

    /** Meters in a registry, which must not hold any of these names yet. */
    public TierMeters(MeterRegistry registry) {
        prices = new GaugeFamily(
                registry, "gearshift.tier.price.dollars.per.hour", "What one accelerator costs, and who says so");
        power = new GaugeFamily(
                registry, "gearshift.tier.power.watts", "What one accelerator draws on average, measured or declared");
        carbon = new GaugeFamily(
                registry, "gearshift.co2.grams.per.hour", "Carbon dioxide of the accelerators that replicas have");
    }

    @Override
    public synchronized void quoted(List<QuotedTier> tiers) {
        Map<Tags, Double> cost = new HashMap<>();
        Map<Tags, Double> watts = new HashMap<>();
        Map<Tags, Double> grams = new HashMap<>();
        for (QuotedTier tier : tiers) {
            Tags tags = Tags.of("tier", tier.facts().tier().name().value());
            cost.put(
                    tags.and("source", word(tier.quote().price().source())),
                    tier.quote().price().perAccelerator().perHour().dollars().doubleValue());
            tier.power().ifPresent(each -> watts.put(tags, each.value()));
            tier.gramsPerHour().ifPresent(sum -> grams.put(tags, sum));
        }
        prices.show(cost);
        power.show(watts);
        carbon.show(grams);
    }

    @Override
    public void publish(Outcome outcome, Instant now) {
        // Decisions have meters of their own.
    }

    private static String word(PriceSource source) {
        return source.word().toLowerCase(Locale.ROOT);
    }
}
