package dev.gearshift.core.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A hardware tier: one way to buy one kind of accelerator.
 *
 * @param name its name
 * @param accelerator what it offers
 * @param acceleratorsPerNode how many accelerators come with one node; the bill comes by the node
 * @param capacityType how it is bought
 * @param price what one accelerator costs
 * @param limit the most accelerators that may be asked for, over all models; empty when there is no limit
 * @param region where it is; empty when it was not said
 */
public record Tier(
        TierName name,
        Accelerator accelerator,
        int acceleratorsPerNode,
        CapacityType capacityType,
        HourlyCost price,
        OptionalInt limit,
        Optional<String> region) {

    public Tier {
        Checks.positive("acceleratorsPerNode", acceleratorsPerNode);
        Checks.notNegative("price", price.perHour().nanoDollars());
    }

    /** This tier at another price. */
    public Tier at(HourlyCost other) {
        return new Tier(name, accelerator, acceleratorsPerNode, capacityType, other, limit, region);
    }

    /** What one node of this tier costs. */
    public HourlyCost nodePrice() {
        return price.times(acceleratorsPerNode);
    }

    /** The bill for so many accelerators placed together: whole nodes. */
    public HourlyCost bill(int accelerators) {
        return nodePrice().times((accelerators + acceleratorsPerNode - 1) / acceleratorsPerNode);
    }
}
