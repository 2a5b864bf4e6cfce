package dev.gearshift.core.model;

/** Where a model is on the way to its plan. */
public enum Progress {
    /** What should run runs. */
    STEADY,
    /** Replicas are on their way. */
    SCALING_UP,
    /** Replicas are on their way out. */
    SCALING_DOWN,
    /** The mix of tiers changes. */
    SHIFTING,
    /** Something forbids the next step. */
    HELD,
    /** The number of replicas was set by hand. */
    PINNED
}
