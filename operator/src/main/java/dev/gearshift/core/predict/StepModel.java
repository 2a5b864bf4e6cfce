package dev.gearshift.core.predict;

import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.core.model.Tokens;

/**
 * How fast one replica is believed to be.
 *
 * @param step the time of a step
 * @param kvCapacity tokens its KV cache holds
 * @param limits the engine's batching bounds
 */
public record StepModel(StepCoefficients step, Tokens kvCapacity, EngineLimits limits) {}
