package dev.gearshift.core.predict;

import dev.gearshift.core.model.Capacity;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Share;
import java.util.List;

/** stub. */
public final class ReplicaCapacity {

    private ReplicaCapacity() {}

    /**
     * The highest rate one replica sustains inside every target, and what bounds it. Without targets it is what the replica can
     * sustain at all.
     */
    public static Capacity within(StepModel model, TokenMix mix, List<LatencyTarget> targets) {
        return new Capacity(RequestRate.ZERO, dev.gearshift.core.model.BindingLimit.BATCH, java.util.Optional.empty());
    }

    /** The share of requests that meet a target when a replica gets this rate in Poisson arrivals. */
    public static Share attainment(StepModel model, TokenMix mix, LatencyTarget target, RequestRate rate) {
        return Share.NONE;
    }
}
