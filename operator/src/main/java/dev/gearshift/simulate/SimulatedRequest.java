package dev.gearshift.simulate;

import java.time.Duration;

/**
 * One request of a workload.
 *
 * @param id its number, unique within a workload
 * @param arrival when the client sends it, since the start of the simulation
 * @param inputTokens tokens of the prompt, at least 1
 * @param outputTokens tokens that are generated, at least 1
 */
public record SimulatedRequest(long id, Duration arrival, int inputTokens, int outputTokens) {

    public SimulatedRequest {
        if (arrival.isNegative()) {
            throw new IllegalArgumentException("arrival must not be negative, but is " + arrival);
        }
        if (inputTokens < 1 || outputTokens < 1) {
            throw new IllegalArgumentException("a request needs at least one token in and one out, but has "
                    + inputTokens + " and " + outputTokens);
        }
    }
}
