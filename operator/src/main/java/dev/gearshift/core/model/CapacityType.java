package dev.gearshift.core.model;

/** How capacity of a tier is bought. */
public enum CapacityType {
    /** By the hour, kept until given back. */
    ON_DEMAND,
    /** Cheaper by the hour, and may be taken away at short notice. */
    SPOT,
    /** Paid for whether it is used or not. */
    RESERVED
}
