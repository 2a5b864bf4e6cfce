package dev.gearshift.core.model;

import java.util.Optional;

/**
 * What an engine that is not known here calls its metrics. Times are seconds and lengths are tokens; every series of a name counts,
 * and they add up.
 *
 * @param running the gauge of requests being computed
 * @param waiting the gauge of requests queued
 * @param completed the counter of requests that ended as they should
 * @param failed the counter of requests given up or failed
 * @param promptTokens the counter of prompt tokens
 * @param generationTokens the counter of tokens generated
 * @param timeToFirstToken the histogram of times to the first token
 * @param timePerOutputToken the histogram of times per output token
 * @param endToEnd the histogram of times to the last token
 * @param promptLength the histogram of prompt lengths
 * @param generationLength the histogram of output lengths
 * @param kvTokens the gauge of the size of the KV cache in tokens
 */
public record EngineMetricNames(
        String running,
        String waiting,
        String completed,
        Optional<String> failed,
        Optional<String> promptTokens,
        Optional<String> generationTokens,
        Optional<String> timeToFirstToken,
        Optional<String> timePerOutputToken,
        Optional<String> endToEnd,
        Optional<String> promptLength,
        Optional<String> generationLength,
        Optional<String> kvTokens) {

    public EngineMetricNames {
        if (running.isBlank() || waiting.isBlank() || completed.isBlank()) {
            throw new IllegalArgumentException("an engine must show requests running, waiting and completed");
        }
    }

    /** The histogram of a latency; empty when the engine shows none. */
    public Optional<String> latency(LatencyObjective objective) {
        return switch (objective) {
            case TIME_TO_FIRST_TOKEN -> timeToFirstToken;
            case TIME_PER_OUTPUT_TOKEN -> timePerOutputToken;
            case END_TO_END -> endToEnd;
        };
    }
}
