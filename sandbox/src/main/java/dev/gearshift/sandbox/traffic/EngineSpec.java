package dev.gearshift.sandbox.traffic;

import dev.gearshift.simulate.EngineTruth;

/**
 * What engine runs in a pod.
 *
 * @param truth how fast it really is
 * @param modelName the name it serves its model under
 * @param maxModelLength tokens a sequence may have at most
 */
public record EngineSpec(EngineTruth truth, String modelName, int maxModelLength) {}
