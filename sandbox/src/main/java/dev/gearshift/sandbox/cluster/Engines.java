package dev.gearshift.sandbox.cluster;

import dev.gearshift.simulate.FailureCause;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;

/** The processes in the containers, as a kubelet handles them. */
public interface Engines {

    /** Has the pod's engine serve from now on. */
    void start(Pod pod, Instant now);

    /** Whether the engine of a pod has nothing left to do; true when it has none. */
    boolean isIdle(Pod pod, Instant now);

    /**
     * Ends the engine of a pod; what it worked on fails. Nothing happens when it has none.
     *
     * @param uid the pod's uid
     * @param cause what to say about the requests that it leaves
     */
    void stop(String uid, FailureCause cause, Instant now);
}
