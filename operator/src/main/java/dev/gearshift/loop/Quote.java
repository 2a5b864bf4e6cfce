package dev.gearshift.loop;

import dev.gearshift.core.model.Watts;
import java.util.Optional;

/**
 * What a tier costs and draws now.
 *
 * @param price what one accelerator costs
 * @param power what one accelerator draws on average, as measured; empty when nobody measures it
 */
public record Quote(Price price, Optional<Watts> power) {

    /** What a tier declares, and nothing measured. */
    public static Quote declared(TierFacts tier) {
        return new Quote(Price.declared(tier), Optional.empty());
    }
}
