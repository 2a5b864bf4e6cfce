package dev.gearshift.simulate;

/** Why a request was not served to its end. */
public enum FailureCause {
    /** The replica that worked on it vanished. */
    REPLICA_LOST,
    /** No replica was ready to take it. */
    NO_REPLICA,
    /** Its tokens do not fit into the KV cache even alone. */
    TOO_LONG
}
