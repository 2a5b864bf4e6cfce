package dev.gearshift.pricing;

import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.PriceBook;
import dev.gearshift.loop.Quote;
import dev.gearshift.loop.TierFacts;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Prices as the tiers declare them. */
public final class DeclaredPrices implements PriceBook {

    @Override
    public SortedMap<TierName, Quote> quotes(List<TierFacts> tiers, Instant now) {
        SortedMap<TierName, Quote> quotes = new TreeMap<>();
        tiers.forEach(tier -> quotes.put(tier.tier().name(), Quote.declared(tier)));
        return quotes;
    }
}
