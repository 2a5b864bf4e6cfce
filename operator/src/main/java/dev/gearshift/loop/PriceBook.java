package dev.gearshift.loop;

import dev.gearshift.core.model.TierName;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/** Where prices come from. */
@FunctionalInterface
public interface PriceBook {

    /**
     * What each tier costs now. Asked once a planning interval for all tiers. Never throws because a price is not known: the
     * declared price stands when nothing better is known.
     *
     * @param tiers every tier, at its declared price
     * @param now the present
     * @return one entry for each of the tiers
     */
    SortedMap<TierName, Quote> quotes(List<TierFacts> tiers, Instant now);
}
