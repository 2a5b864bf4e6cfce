package dev.gearshift.sandbox.traffic;

import dev.gearshift.sandbox.engine.EngineKind;
import dev.gearshift.simulate.EngineTruth;

/**
 * What engine runs in a pod.
 *
 * @param truth how fast it really is
 * @param modelName the name it serves its model under
 * @param maxModelLength tokens a sequence may have at most
 * @param kind whose metrics page it shows
 */
public record EngineSpec(EngineTruth truth, String modelName, int maxModelLength, EngineKind kind) {

    /** An engine that shows vLLM's page. */
    public EngineSpec(EngineTruth truth, String modelName, int maxModelLength) {
        this(truth, modelName, maxModelLength, EngineKind.VLLM);
    }
}
