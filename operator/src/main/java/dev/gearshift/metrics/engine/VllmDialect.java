package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.Tokens;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * vLLM's names, as its {@code vllm/v1/metrics/loggers.py} registers them (0.9 to 0.11 and later), older names included. Every
 * series has the labels {@code model_name} and {@code engine} (one value a data-parallel rank); {@code vllm:cache_config_info} has
 * no {@code model_name}.
 *
 * <p>TPOT is {@code request_time_per_output_token_seconds}, one observation a request. Where it is missing,
 * {@code inter_token_latency_seconds} or its older name {@code time_per_output_token_seconds} is taken: one observation an output
 * <em>event</em>, which weighs long requests more and is inflated by speculative decoding. The sample says which it was.
 *
 * <p>A series with a label {@code server} is a router's copy of another pod's and is passed over. The first of two lines with the
 * same labels counts. Values that cannot be counts (NaN, infinite, negative, beyond 2⁵³) are passed over.
 */
public final class VllmDialect implements EngineDialect {

    private static final String PREFIX = "vllm:";
    private static final String RUNNING = "vllm:num_requests_running";
    private static final String WAITING = "vllm:num_requests_waiting";
    private static final String FINISHED = "vllm:request_success_total";
    private static final String CACHE_CONFIG = "vllm:cache_config_info";
    private static final List<String> KV_USAGE = List.of("vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc");
    private static final SortedMap<String, Counter> COUNTERS = new TreeMap<>(Map.of(
            "vllm:prompt_tokens_total", Counter.PROMPT_TOKENS,
            "vllm:generation_tokens_total", Counter.GENERATION_TOKENS,
            "vllm:num_preemptions_total", Counter.PREEMPTIONS));
    private static final SortedMap<String, Distribution> HISTOGRAMS = new TreeMap<>(Map.of(
            "vllm:time_to_first_token_seconds", Distribution.TIME_TO_FIRST_TOKEN,
            "vllm:request_time_per_output_token_seconds", Distribution.TIME_PER_OUTPUT_TOKEN,
            "vllm:inter_token_latency_seconds", Distribution.TIME_PER_OUTPUT_TOKEN,
            "vllm:time_per_output_token_seconds", Distribution.TIME_PER_OUTPUT_TOKEN,
            "vllm:e2e_request_latency_seconds", Distribution.END_TO_END,
            "vllm:request_prompt_tokens", Distribution.PROMPT_LENGTH,
            "vllm:request_generation_tokens", Distribution.GENERATION_LENGTH));
    private static final List<String> TPOT_BY_PREFERENCE = List.of(
            "vllm:request_time_per_output_token_seconds",
            "vllm:inter_token_latency_seconds",
            "vllm:time_per_output_token_seconds");

    /** Above this a double no longer counts one by one. */
    private static final double LARGEST = 9_007_199_254_740_992.0;

    /** Ranks and reasons of one pod; more than this is not an engine. */
    private static final int MOST_SERIES = 256;

    private final Optional<String> modelName;

    private VllmDialect(Optional<String> modelName) {
        this.modelName = modelName;
    }

    /** Reads every model of the page. */
    public static VllmDialect ofAnyModel() {
        return new VllmDialect(Optional.empty());
    }

    /** Reads only series whose {@code model_name} is this one; those without that label are read too. */
    public static VllmDialect ofModel(String modelName) {
        return new VllmDialect(Optional.of(modelName));
    }

    @Override
    public Reading read() {
        return new VllmReading();
    }

    private final class VllmReading implements Reading {

        private final SortedMap<String, Double> running = new TreeMap<>();
        private final SortedMap<String, Double> waiting = new TreeMap<>();
        private final SortedMap<String, Double> capacity = new TreeMap<>();
        private final SortedMap<String, SortedMap<String, Double>> usage = new TreeMap<>();
        private final Map<Counter, SortedMap<String, Double>> counters = new EnumMap<>(Counter.class);
        private final SortedMap<String, SortedMap<String, BucketLines>> lines = new TreeMap<>();

        @Override
        public void accept(Series series) {
            String name = series.name();
            if (!name.startsWith(PREFIX) || !isOurs(series) || !(series.value() >= 0 && series.value() <= LARGEST)) {
                return;
            }
            Counter counter = COUNTERS.get(name);
            if (counter != null) {
                put(counters.computeIfAbsent(counter, kind -> new TreeMap<>()), series);
            } else if (name.equals(RUNNING)) {
                put(running, series);
            } else if (name.equals(WAITING)) {
                put(waiting, series);
            } else if (name.equals(FINISHED)) {
                put(counters.computeIfAbsent(reason(series), kind -> new TreeMap<>()), series);
            } else if (name.equals(CACHE_CONFIG)) {
                cacheConfig(series);
            } else if (KV_USAGE.contains(name)) {
                put(usage.computeIfAbsent(name, any -> new TreeMap<>()), series);
            } else {
                histogramLine(series);
            }
        }

        private boolean isOurs(Series series) {
            String model = series.label("model_name");
            return series.label("server") == null
                    && (model == null || modelName.isEmpty() || modelName.get().equals(model));
        }

        private Counter reason(Series series) {
            String reason = series.label("finished_reason");
            return "abort".equals(reason) || "error".equals(reason) ? Counter.ABORTED : Counter.COMPLETED;
        }

        private void put(SortedMap<String, Double> into, Series series) {
            if (into.size() < MOST_SERIES) {
                into.putIfAbsent(series.identity(), series.value());
            }
        }

        private void cacheConfig(Series series) {
            OptionalDouble blocks = count(series.label("num_gpu_blocks"));
            OptionalDouble size = count(series.label("block_size"));
            String engine = series.label("engine");
            double tokens = blocks.orElse(0) * size.orElse(0);
            if (tokens > 0 && tokens <= LARGEST && capacity.size() < MOST_SERIES) {
                capacity.putIfAbsent(engine == null ? "" : engine, tokens);
            }
        }

        private void histogramLine(Series series) {
            String name = series.name();
            int suffix = name.lastIndexOf('_');
            String family = suffix < 0 ? name : name.substring(0, suffix);
            if (!HISTOGRAMS.containsKey(family)) {
                return;
            }
            SortedMap<String, BucketLines> ofFamily = lines.computeIfAbsent(family, any -> new TreeMap<>());
            String identity = series.identityWithout("le");
            if (ofFamily.size() >= MOST_SERIES && !ofFamily.containsKey(identity)) {
                return;
            }
            BucketLines of = ofFamily.computeIfAbsent(identity, any -> new BucketLines());
            switch (name.substring(suffix + 1)) {
                case "bucket" -> upperBound(series.label("le")).ifPresent(bound -> of.bucket(bound, series.value()));
                case "sum" -> of.sum(series.value());
                case "count" -> of.count(series.value());
                default -> {}
            }
        }

        @Override
        public EngineSample sample() {
            Map<Distribution, SortedMap<String, Histogram>> histograms = new EnumMap<>(Distribution.class);
            lines.forEach((family, bySeries) -> {
                Distribution kind = HISTOGRAMS.get(family);
                if (kind != null && kind != Distribution.TIME_PER_OUTPUT_TOKEN) {
                    histograms.put(kind, whole(family));
                }
            });
            Optional<String> source = TPOT_BY_PREFERENCE.stream()
                    .filter(family -> !whole(family).isEmpty())
                    .findFirst();
            source.ifPresent(family -> histograms.put(Distribution.TIME_PER_OUTPUT_TOKEN, whole(family)));
            return new EngineSample(
                    total(running),
                    total(waiting),
                    counters,
                    histograms,
                    capacity.isEmpty() ? Optional.empty() : Optional.of(new Tokens(sum(capacity))),
                    kvUsage(),
                    source);
        }

        /** The series of a family that are whole, the family in their key: two families are never one series. */
        private SortedMap<String, Histogram> whole(String family) {
            SortedMap<String, Histogram> whole = new TreeMap<>();
            lines.getOrDefault(family, Collections.emptySortedMap())
                    .forEach((identity, of) ->
                            of.histogram().ifPresent(histogram -> whole.put(family + " " + identity, histogram)));
            return whole;
        }

        private Optional<Share> kvUsage() {
            for (String name : KV_USAGE) {
                SortedMap<String, Double> ranks = usage.getOrDefault(name, Collections.emptySortedMap());
                if (!ranks.isEmpty()) {
                    return Optional.of(new Share(Math.min(1, sum(ranks) / ranks.size())));
                }
            }
            return Optional.empty();
        }
    }

    private static OptionalDouble total(SortedMap<String, Double> series) {
        return series.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum(series));
    }

    private static double sum(SortedMap<String, Double> series) {
        double sum = 0;
        for (double value : series.values()) {
            sum += value;
        }
        return sum;
    }

    /** A whole number of at most 15 digits; vLLM writes "None" for what it does not know yet. */
    private static OptionalDouble count(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,15}")
                ? OptionalDouble.of(Double.parseDouble(text))
                : OptionalDouble.empty();
    }

    private static Optional<Double> upperBound(@Nullable String text) {
        if (text == null || text.length() > 40) {
            return Optional.empty();
        }
        if (text.equals("+Inf") || text.equals("Inf")) {
            return Optional.of(Double.POSITIVE_INFINITY);
        }
        return text.matches("[0-9.]+([eE][+-]?[0-9]+)?") ? finite(text) : Optional.empty();
    }

    private static Optional<Double> finite(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }
}
