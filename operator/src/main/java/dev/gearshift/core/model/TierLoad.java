package dev.gearshift.core.model;

import java.util.Optional;

/**
 * What the replicas of one tier were seen doing over the last observation window.
 *
 * @param tier the tier
 * @param freshness how far this can be trusted; the other values mean nothing when it is {@link Freshness#ABSENT}
 * @param offered offered load: requests completed, aborted or refused, plus the growth of running and waiting, per second
 * @param completed requests completed per second
 * @param failed requests the engine refused or failed per second, not those a client gave up; part of {@code offered}
 * @param input prompt tokens per second
 * @param output generated tokens per second
 * @param running requests being computed now, over all replicas
 * @param waiting requests queued now, over all replicas
 * @param timeToFirstToken TTFT of requests in the window, seconds; empty when the engine does not tell
 * @param timePerOutputToken TPOT of requests in the window, seconds; empty when the engine does not tell
 * @param endToEnd end-to-end latency of requests in the window, seconds; empty when the engine does not tell
 * @param promptTokens prompt lengths of requests in the window; empty when the engine does not tell
 * @param generationTokens output lengths of requests in the window; empty when the engine does not tell
 * @param kvCapacity KV cache of one replica in tokens; empty when the engine does not tell
 */
public record TierLoad(
        TierName tier,
        Freshness freshness,
        RequestRate offered,
        RequestRate completed,
        RequestRate failed,
        TokenRate input,
        TokenRate output,
        double running,
        double waiting,
        Optional<Histogram> timeToFirstToken,
        Optional<Histogram> timePerOutputToken,
        Optional<Histogram> endToEnd,
        Optional<Histogram> promptTokens,
        Optional<Histogram> generationTokens,
        Optional<Tokens> kvCapacity) {

    /** A tier of which nothing is known. */
    public static TierLoad absent(TierName tier) {
        return new TierLoad(
                tier,
                Freshness.ABSENT,
                RequestRate.ZERO,
                RequestRate.ZERO,
                RequestRate.ZERO,
                TokenRate.ZERO,
                TokenRate.ZERO,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, trusted no further than this. */
    public TierLoad atBest(Freshness bound) {
        return new TierLoad(
                tier,
                freshness.atBest(bound),
                offered,
                completed,
                failed,
                input,
                output,
                running,
                waiting,
                timeToFirstToken,
                timePerOutputToken,
                endToEnd,
                promptTokens,
                generationTokens,
                kvCapacity);
    }

    /** The same with latencies somebody else measured, as far as they did. */
    public TierLoad measured(Optional<Histogram> firstToken, Optional<Histogram> perToken, Optional<Histogram> whole) {
        return new TierLoad(
                tier,
                freshness,
                offered,
                completed,
                failed,
                input,
                output,
                running,
                waiting,
                firstToken,
                perToken,
                whole,
                promptTokens,
                generationTokens,
                kvCapacity);
    }

    /** The window's latencies for an objective. */
    public Optional<Histogram> latency(LatencyObjective objective) {
        return switch (objective) {
            case TIME_TO_FIRST_TOKEN -> timeToFirstToken;
            case TIME_PER_OUTPUT_TOKEN -> timePerOutputToken;
            case END_TO_END -> endToEnd;
        };
    }
}
