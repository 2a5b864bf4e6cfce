package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.Tokens;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one engine pod showed at one moment, whatever it calls it. Counters and histograms run from the start of the process and
 * are kept per series (a rank, a reason), because each of them starts anew or goes missing on its own. What is not there was not
 * shown: it is never zero.
 *
 * @param running requests being computed
 * @param waiting requests queued
 * @param counters totals by kind, then by series
 * @param histograms distributions by kind, then by series
 * @param kvCapacity KV cache of the pod in tokens
 * @param kvUsage share of the KV cache in use
 */
public record EngineSample(
        OptionalDouble running,
        OptionalDouble waiting,
        Map<Counter, SortedMap<String, Double>> counters,
        Map<Distribution, SortedMap<String, Histogram>> histograms,
        Optional<Tokens> kvCapacity,
        Optional<Share> kvUsage) {

    /** What is shown as it is now. */
    public enum Gauge {
        /** Requests being computed. */
        RUNNING,
        /** Requests queued. */
        WAITING,
        /** Share of the KV cache in use, 0 to 1; ranks are averaged. */
        KV_USAGE,
        /** Size of the KV cache in tokens. */
        KV_TOKENS
    }

    /** What is counted from the start of the process. */
    public enum Counter {
        /** Requests that ended as they should; one series a reason. */
        COMPLETED,
        /** Requests that ended otherwise: given up by the client, or failed in the engine. */
        ABORTED,
        /** Those of them of which the engine says that it failed them itself. */
        FAILED,
        /** Prompt tokens computed. */
        PROMPT_TOKENS,
        /** Tokens generated. */
        GENERATION_TOKENS,
        /** Requests thrown out of the batch for want of KV cache. */
        PREEMPTIONS
    }

    /** What is shown as a histogram. */
    public enum Distribution {
        /** Seconds to the first token. */
        TIME_TO_FIRST_TOKEN,
        /** Seconds per output token. */
        TIME_PER_OUTPUT_TOKEN,
        /** Seconds to the last token. */
        END_TO_END,
        /** Prompt length in tokens. */
        PROMPT_LENGTH,
        /** Output length in tokens. */
        GENERATION_LENGTH;

        /** The distribution a latency target is judged by. */
        public static Distribution of(LatencyObjective objective) {
            return switch (objective) {
                case TIME_TO_FIRST_TOKEN -> TIME_TO_FIRST_TOKEN;
                case TIME_PER_OUTPUT_TOKEN -> TIME_PER_OUTPUT_TOKEN;
                case END_TO_END -> END_TO_END;
            };
        }
    }

    public EngineSample {
        Map<Counter, SortedMap<String, Double>> totals = new EnumMap<>(Counter.class);
        counters.forEach((kind, series) -> totals.put(kind, Collections.unmodifiableSortedMap(new TreeMap<>(series))));
        counters = Collections.unmodifiableMap(totals);
        Map<Distribution, SortedMap<String, Histogram>> shapes = new EnumMap<>(Distribution.class);
        histograms.forEach(
                (kind, series) -> shapes.put(kind, Collections.unmodifiableSortedMap(new TreeMap<>(series))));
        histograms = Collections.unmodifiableMap(shapes);
    }

    /** Totals of a kind by series; empty when the engine does not show it. */
    public SortedMap<String, Double> counter(Counter kind) {
        return counters.getOrDefault(kind, Collections.emptySortedMap());
    }

    /** Distributions of a kind by series; empty when the engine does not show it. */
    public SortedMap<String, Histogram> histogram(Distribution kind) {
        return histograms.getOrDefault(kind, Collections.emptySortedMap());
    }

    /** Whether it shows what offered load is made of: requests running, waiting and completed. */
    public boolean showsLoad() {
        return running.isPresent()
                && waiting.isPresent()
                && !counter(Counter.COMPLETED).isEmpty();
    }
}
