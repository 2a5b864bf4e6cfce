package dev.gearshift.pricing;

import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Tier;
import dev.gearshift.loop.PriceBook;

/** Prices as the tiers declare them. */
public final class DeclaredPrices implements PriceBook {

    @Override
    public HourlyCost pricePerAccelerator(Tier tier) {
        return tier.price();
    }
}
