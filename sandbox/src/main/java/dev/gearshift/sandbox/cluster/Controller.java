package dev.gearshift.sandbox.cluster;

import java.time.Instant;

/** One part of the cluster that brings the store closer to what it should be. */
@FunctionalInterface
interface Controller {

    /** Looks at the whole cluster and does everything that can be done now; does nothing when nothing is to be done. */
    void reconcile(Instant now);
}
