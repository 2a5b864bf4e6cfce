package dev.gearshift.simulate;

import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.core.model.Tokens;
import java.util.Optional;

/**
 * How fast one simulated replica really is, as opposed to what a planner believes.
 *
 * @param step the time of a step
 * @param kvBlocks blocks of {@link #BLOCK_TOKENS} tokens its KV cache holds
 * @param limits the engine's batching bounds
 */
public record EngineTruth(StepCoefficients step, int kvBlocks, EngineLimits limits) {

    /** Tokens in one block of the KV cache. */
    public static final int BLOCK_TOKENS = 16;

    public EngineTruth {
        if (kvBlocks < 1) {
            throw new IllegalArgumentException("kvBlocks must be positive, but is " + kvBlocks);
        }
    }

    /**
     * The truth of a model on a tier, by {@link EnginePhysics}; what the user measured is the planner's to know and plays no
     * part.
     *
     * @return empty when the weights leave no room for a KV cache
     */
    public static Optional<EngineTruth> of(TierOption option) {
        return EnginePhysics.of(option);
    }

    /** Tokens the KV cache holds. */
    public Tokens kvCapacity() {
        return new Tokens((double) kvBlocks * BLOCK_TOKENS);
    }
}
