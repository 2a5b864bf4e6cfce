package dev.gearshift.simulate;

/**
 * What an engine counted since it started.
 *
 * @param promptTokens prompt tokens of requests whose first token is out; recomputation is not counted again
 * @param generatedTokens tokens generated
 * @param completed requests served to their end
 * @param aborted requests that were cut off
 * @param refused requests that could never fit
 * @param preemptions how often a sequence lost its KV blocks
 * @param steps steps taken
 */
public record EngineCounters(
        long promptTokens,
        long generatedTokens,
        long completed,
        long aborted,
        long refused,
        long preemptions,
        long steps) {}
