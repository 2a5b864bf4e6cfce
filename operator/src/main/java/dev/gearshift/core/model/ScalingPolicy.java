package dev.gearshift.core.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The bounds within which a model is scaled.
 *
 * @param mode who acts
 * @param minReplicas least replicas over all tiers
 * @param maxReplicas most replicas over all tiers, at least {@code minReplicas}
 * @param pinned replicas asked for by hand or by another scaler; empty when the planner chooses
 * @param scaleDownStabilization a floor under how long less must be enough before replicas are released
 * @param toZero when there may be none; present exactly when {@code minReplicas} is zero
 */
public record ScalingPolicy(
        ScalingMode mode,
        int minReplicas,
        int maxReplicas,
        OptionalInt pinned,
        Duration scaleDownStabilization,
        Optional<ScaleToZero> toZero) {

    /** Bounds with at least one replica. */
    public ScalingPolicy(
            ScalingMode mode, int minReplicas, int maxReplicas, OptionalInt pinned, Duration scaleDownStabilization) {
        this(mode, minReplicas, maxReplicas, pinned, scaleDownStabilization, Optional.empty());
    }

    public ScalingPolicy {
        Checks.notNegative("minReplicas", minReplicas);
        Checks.positive("maxReplicas", maxReplicas);
        if (minReplicas > maxReplicas) {
            throw new IllegalArgumentException("minReplicas " + minReplicas + " is above maxReplicas " + maxReplicas);
        }
        if (scaleDownStabilization.isNegative()) {
            throw new IllegalArgumentException("scaleDownStabilization must not be negative");
        }
        if ((minReplicas == 0) != toZero.isPresent()) {
            throw new IllegalArgumentException("minReplicas is " + minReplicas + " with toZero " + toZero);
        }
    }
}
