package dev.gearshift.core.model;

/**
 * The bounds an engine batches within.
 *
 * @param maxSequences most sequences in a batch
 * @param maxBatchedTokens most tokens computed in a step, decoded and prefilled together
 */
public record EngineLimits(int maxSequences, int maxBatchedTokens) {

    public EngineLimits {
        Checks.positive("maxSequences", maxSequences);
        Checks.positive("maxBatchedTokens", maxBatchedTokens);
    }
}
