package dev.gearshift.simulate;

/** Why a request was not served to its end. */
public enum FailureCause {
    /** The replica that worked on it vanished. */
    REPLICA_LOST,
    /** The machine under its replica was taken back by its owner, and the notice was too short to finish. */
    SPOT_INTERRUPTION,
    /** The machine under its replica stopped without notice. */
    NODE_LOST,
    /** The process that worked on it ended by itself. */
    ENGINE_CRASHED,
    /** Its replica was told to stop, and the grace period was too short to finish. */
    GRACE_PERIOD_OVER,
    /** No replica was ready to take it. */
    NO_REPLICA,
    /** Its tokens do not fit into the KV cache even alone. */
    TOO_LONG
}
