package dev.gearshift.core.model;

/** Which replicas the front Service sends requests to. */
public sealed interface Front {

    /** Every serving replica, whatever its tier. */
    record AllTiers() implements Front {}

    /**
     * Only serving replicas of one tier; a shift flips it in one write.
     *
     * @param tier the tier in force
     */
    record OneTier(TierName tier) implements Front {}

    /** Whether replicas of a tier receive requests. */
    default boolean includes(TierName tier) {
        return this instanceof OneTier one ? one.tier().equals(tier) : true;
    }
}
