package dev.gearshift.loop;

import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Tier;

/** Where prices come from. */
@FunctionalInterface
public interface PriceBook {

    /** What one accelerator of a tier costs now; the declared price when nothing better is known. */
    HourlyCost pricePerAccelerator(Tier tier);
}
