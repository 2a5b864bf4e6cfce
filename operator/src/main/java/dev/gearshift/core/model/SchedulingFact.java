package dev.gearshift.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Something the cluster said about placing replicas.
 *
 * @param kind what it said
 * @param tier the tier concerned
 * @param pod the replica concerned; empty when the replica could not even be created
 * @param at when it was last said
 */
public record SchedulingFact(Kind kind, TierName tier, Optional<String> pod, Instant at) {

    /** What a cluster says about placing replicas. */
    public enum Kind {
        /** No node fits now. The usual prelude to every node autoscaler, and no stock-out by itself. */
        FAILED_SCHEDULING,
        /** A node was ordered for the replica. */
        SCALE_UP_TRIGGERED,
        /** The node autoscaler cannot help. */
        SCALE_UP_REFUSED,
        /** A quota of the namespace forbids the replica. */
        QUOTA_EXCEEDED
    }
}
