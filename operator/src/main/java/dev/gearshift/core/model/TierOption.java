package dev.gearshift.core.model;

import java.util.Optional;

/**
 * A tier a model may run on, and how it runs there.
 *
 * @param tier the tier
 * @param acceleratorsPerReplica accelerators one replica takes
 * @param profile the model as it runs on this tier
 * @param limits the engine's batching bounds on this tier
 * @param measured step times given by the user, which stand instead of the first guess
 */
public record TierOption(
        Tier tier,
        int acceleratorsPerReplica,
        ModelProfile profile,
        EngineLimits limits,
        Optional<StepCoefficients> measured) {

    public TierOption {
        Checks.positive("acceleratorsPerReplica", acceleratorsPerReplica);
    }

    /** The tier's name. */
    public TierName name() {
        return tier.name();
    }

    /** This option with another view of its tier, such as another price. */
    public TierOption with(Tier other) {
        return new TierOption(other, acceleratorsPerReplica, profile, limits, measured);
    }

    /** The bill for so many replicas: whole nodes. */
    public HourlyCost bill(int replicas) {
        return tier.bill(replicas * acceleratorsPerReplica);
    }
}
