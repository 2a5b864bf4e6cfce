package dev.gearshift.sandbox.cluster;

import java.time.Instant;

/** Where the world waits for an operator that runs on threads of its own. */
@FunctionalInterface
public interface ControlPlaneGate {

    /** Nobody to wait for. */
    ControlPlaneGate OPEN = now -> {};

    /** Keeps the operator from seeing or doing anything until {@link #release}, so that it never meets a cluster half-way. */
    default void hold() {}

    /** Lets the operator go on. */
    default void release() {}

    /** Returns when the operator has seen everything in the store and has nothing left to do. */
    void settle(Instant now);
}
