package dev.gearshift.core.model;

/** Where a replica is in its life. */
public enum ReplicaPhase {
    /** Asked for, not yet placed on a node. */
    UNSCHEDULED,
    /** Placed, loading the model. */
    STARTING,
    /** Serving or able to. */
    READY,
    /** Its engine fails again and again, or its image cannot be pulled. Not capacity on its way. */
    FAILING,
    /** Told to stop, by us or by the loss of its node. */
    TERMINATING
}
