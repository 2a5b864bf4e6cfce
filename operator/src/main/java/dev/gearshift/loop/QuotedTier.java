package dev.gearshift.loop;

import dev.gearshift.core.model.CarbonIntensity;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.Watts;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A tier and what it costs and draws.
 *
 * @param facts the tier
 * @param quote what it costs and draws
 */
public record QuotedTier(TierFacts facts, Quote quote) {

    /** The tier at the price in force. */
    public Tier priced() {
        return facts.tier().at(quote.price().perAccelerator());
    }

    /** What one accelerator draws: as measured, else as declared. */
    public Optional<Watts> power() {
        return quote.power().or(() -> facts.declaration().power());
    }

    /** Grams of CO₂ an hour for the accelerators its replicas have; empty when power or carbon is not known. */
    public OptionalDouble gramsPerHour() {
        Optional<CarbonIntensity> carbon = facts.declaration().carbon();
        Optional<Watts> each = power();
        return carbon.isEmpty() || each.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(carbon.get().gramsPerHour(each.get(), facts.accelerators()));
    }
}
