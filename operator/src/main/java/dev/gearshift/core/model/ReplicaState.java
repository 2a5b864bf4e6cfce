package dev.gearshift.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One replica as it was seen.
 *
 * @param name the pod's name
 * @param tier the tier it was asked for on
 * @param phase where it is in its life
 * @param created when it was asked for
 * @param scheduled when it was placed on a node
 * @param readySince since when it is ready; present exactly in {@link ReplicaPhase#READY}
 * @param node the node it is on
 * @param serving whether the front Service may send it requests
 * @param nodeLeaving whether its node is about to go away (spot notice, node drain)
 * @param failure why its engine does not run; present exactly in {@link ReplicaPhase#FAILING}
 */
public record ReplicaState(
        String name,
        TierName tier,
        ReplicaPhase phase,
        Instant created,
        Optional<Instant> scheduled,
        Optional<Instant> readySince,
        Optional<String> node,
        boolean serving,
        boolean nodeLeaving,
        Optional<EngineFailure> failure) {

    /** Whether it is ready to answer requests. */
    public boolean isReady() {
        return phase == ReplicaPhase.READY;
    }

    /** Whether it is capacity on its way: asked for, not failing, not ready yet. */
    public boolean isComing() {
        return phase == ReplicaPhase.UNSCHEDULED || phase == ReplicaPhase.STARTING;
    }
}
