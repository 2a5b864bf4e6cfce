package dev.gearshift.core.model;

/** How requests are spread over replicas. */
public enum Spreading {
    /** Evenly per pod, as a plain Service does: the slowest pod bounds all. */
    EVEN,
    /** By weights or queue length: capacities add up. */
    WEIGHTED
}
