package dev.gearshift.loop;

import dev.gearshift.core.model.HourlyCost;
import java.util.Optional;

/**
 * What one accelerator of a tier costs, and who says so.
 *
 * @param perAccelerator the price in force; not negative, and zero only when that is declared
 * @param source who says so
 * @param origin the same in full, for people, such as {@code OpenCost, 3 nodes}
 * @param refused a price that was seen and not believed
 */
public record Price(HourlyCost perAccelerator, PriceSource source, String origin, Optional<Refused> refused) {

    /**
     * A price that was seen and is too far from the declared one to be believed.
     *
     * @param source who says so
     * @param perAccelerator what it says
     */
    public record Refused(PriceSource source, HourlyCost perAccelerator) {}

    public Price {
        if (perAccelerator.compareTo(HourlyCost.ZERO) < 0
                || (source != PriceSource.DECLARED && perAccelerator.equals(HourlyCost.ZERO))) {
            throw new IllegalArgumentException("no accelerator costs " + perAccelerator + " by " + source);
        }
    }

    /** The price a tier declares. */
    public static Price declared(TierFacts tier) {
        String origin = tier.declaration()
                .priceSource()
                .map(from -> PriceSource.DECLARED.word() + ": " + from)
                .orElse(PriceSource.DECLARED.word());
        return new Price(tier.tier().price(), PriceSource.DECLARED, origin, Optional.empty());
    }

    /** This price, with one that was not believed. */
    public Price refusing(Optional<Refused> other) {
        return new Price(perAccelerator, source, origin, other);
    }
}
