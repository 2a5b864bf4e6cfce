package dev.gearshift.sandbox.engine;

import dev.gearshift.simulate.EngineCounters;
import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.EngineTruth;
import dev.gearshift.simulate.RequestOutcome;
import dev.gearshift.simulate.SimulatedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The metrics of one simulated engine as vLLM exposes them: names, labels, help texts and buckets of
 * {@code vllm/v1/metrics/loggers.py} and the times of {@code vllm/v1/metrics/stats.py} (v0.19 series, those a model without
 * adapters, images or speculation exposes; creation timestamps left out). A request enters TTFT with its first token and all
 * other histograms when it has finished; times count from when the engine received it, not from the client's arrival.
 * Inter-token latency is observed for every token.
 *
 * <p>The {@linkplain #older older names} are those of the same file in 0.9: {@code gpu_cache_usage_perc},
 * {@code time_per_output_token_seconds} for what is now inter-token latency, {@code gpu_prefix_cache_*} in blocks, and no time
 * per output token of a request.
 */
public final class VllmMetrics implements EnginePage {

    private static final double[] TOKEN_BUCKETS = {
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0
    };
    private static final double[] FIRST_TOKEN_BUCKETS = {
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0,
        160.0, 640.0, 2560.0
    };
    private static final double[] REQUEST_BUCKETS = {
        0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0, 240.0, 480.0, 960.0,
        1920.0, 7680.0
    };
    private static final double[] STEP_BUCKETS = {1, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384};

    private final String modelLabel;
    private final String labels;
    private final boolean older;
    private final BucketCounts promptTokens;
    private final BucketCounts generationTokens;
    private final BucketCounts stepTokens = new BucketCounts(STEP_BUCKETS);
    private final BucketCounts timeToFirstToken = new BucketCounts(FIRST_TOKEN_BUCKETS);
    private final BucketCounts interTokenLatency = new BucketCounts(TOKEN_BUCKETS);
    private final BucketCounts timePerOutputToken = new BucketCounts(TOKEN_BUCKETS);
    private final BucketCounts endToEnd = new BucketCounts(REQUEST_BUCKETS);
    private final BucketCounts queueTime = new BucketCounts(REQUEST_BUCKETS);
    private final BucketCounts inferenceTime = new BucketCounts(REQUEST_BUCKETS);
    private final BucketCounts prefillTime = new BucketCounts(REQUEST_BUCKETS);
    private final BucketCounts decodeTime = new BucketCounts(REQUEST_BUCKETS);

    /**
     * Of an engine that has done nothing yet.
     *
     * @param modelName the name the model is served under
     * @param maxModelLength tokens a sequence may have at most; bounds the buckets of lengths
     */
    public VllmMetrics(String modelName, int maxModelLength) {
        this(modelName, maxModelLength, false);
    }

    private VllmMetrics(String modelName, int maxModelLength, boolean older) {
        this.modelLabel = ExpositionText.label("model_name", modelName);
        this.labels = "engine=\"0\"," + modelLabel;
        this.older = older;
        this.promptTokens = BucketCounts.upTo(maxModelLength);
        this.generationTokens = BucketCounts.upTo(maxModelLength);
    }

    /** The same engine under the names of 0.9. */
    public static VllmMetrics older(String modelName, int maxModelLength) {
        return new VllmMetrics(modelName, maxModelLength, true);
    }

    @Override
    public void stepped(long durationNanos, int decoded, int prefilled) {
        stepTokens.observe(decoded + prefilled);
        if (decoded > 0) {
            interTokenLatency.observe(durationNanos / 1e9, decoded);
        }
    }

    @Override
    public void resumed(long gapNanos) {
        interTokenLatency.observe(gapNanos / 1e9);
    }

    @Override
    public void firstToken(SimulatedRequest request, Duration submitted, Duration at) {
        timeToFirstToken.observe(ServedTimes.seconds(submitted, at));
    }

    @Override
    public void ended(RequestOutcome outcome) {
        if (outcome instanceof RequestOutcome.Completed done) {
            promptTokens.observe(done.request().inputTokens());
            generationTokens.observe(done.request().outputTokens());
            ServedTimes times = ServedTimes.of(done);
            timePerOutputToken.observe(times.perOutputToken());
            endToEnd.observe(times.endToEnd());
            queueTime.observe(times.queue());
            inferenceTime.observe(times.inference());
            prefillTime.observe(times.prefill());
            decodeTime.observe(times.decode());
        }
    }

    @Override
    public String render(EngineSimulator engine) {
        return ExpositionText.of(NumberStyle.PYTHON, families(engine));
    }

    /** Everything, with the gauges of the engine's present state. */
    List<MetricFamily> families(EngineSimulator engine) {
        List<MetricFamily> page = new ArrayList<>();
        gauges(page, engine);
        counters(page, engine.counters());
        histograms(page);
        page.add(cacheInfo(engine.truth()));
        return page;
    }

    private void gauges(List<MetricFamily> page, EngineSimulator engine) {
        page.add(gauge("num_requests_running", "Number of requests in model execution batches.", engine.running()));
        page.add(gauge("num_requests_waiting", "Number of requests waiting to be processed.", engine.waiting()));
        page.add(
                older
                        ? gauge(
                                "gpu_cache_usage_perc",
                                "GPU KV-cache usage. 1 means 100 percent usage.",
                                engine.kvUsage().value())
                        : gauge(
                                "kv_cache_usage_perc",
                                "KV-cache usage. 1 means 100 percent usage.",
                                engine.kvUsage().value()));
    }

    private void counters(List<MetricFamily> page, EngineCounters counters) {
        String which = older ? "gpu_prefix_cache" : "prefix_cache";
        String unit = older ? "blocks." : "tokens.";
        long queried = older ? counters.promptTokens() / EngineTruth.BLOCK_TOKENS : counters.promptTokens();
        page.add(counter(
                which + "_queries_total", "Prefix cache queries, in terms of number of queried " + unit, queried));
        page.add(counter(which + "_hits_total", "Prefix cache hits, in terms of number of cached " + unit, 0));
        page.add(counter(
                "num_preemptions_total", "Cumulative number of preemption from the engine.", counters.preemptions()));
        page.add(counter("prompt_tokens_total", "Number of prefill tokens processed.", counters.promptTokens()));
        page.add(counter(
                "generation_tokens_total", "Number of generation tokens processed.", counters.generatedTokens()));
        page.add(finished(counters));
    }

    private MetricFamily finished(EngineCounters counters) {
        MetricFamily finished = new MetricFamily(
                "vllm:request_success_total",
                MetricFamily.Type.COUNTER,
                "Count of successfully processed requests.",
                List.of());
        for (FinishReason reason : FinishReason.values()) {
            double count = switch (reason) {
                case STOP -> counters.completed();
                case ABORT -> counters.aborted();
                case LENGTH, ERROR, REPETITION -> 0;
            };
            finished = finished.and(
                    "engine=\"0\"," + ExpositionText.label("finished_reason", reason.label()) + "," + modelLabel,
                    count);
        }
        return finished;
    }

    private void histograms(List<MetricFamily> page) {
        page.add(histogram("request_prompt_tokens", "Number of prefill tokens processed.", promptTokens));
        page.add(histogram("request_generation_tokens", "Number of generation tokens processed.", generationTokens));
        page.add(histogram("iteration_tokens_total", "Histogram of number of tokens per engine_step.", stepTokens));
        page.add(histogram(
                "time_to_first_token_seconds", "Histogram of time to first token in seconds.", timeToFirstToken));
        if (older) {
            page.add(histogram(
                    "time_per_output_token_seconds",
                    "Histogram of time per output token in seconds.",
                    interTokenLatency));
        } else {
            page.add(histogram(
                    "inter_token_latency_seconds", "Histogram of inter-token latency in seconds.", interTokenLatency));
            page.add(histogram(
                    "request_time_per_output_token_seconds",
                    "Histogram of time_per_output_token_seconds per request.",
                    timePerOutputToken));
        }
        page.add(histogram("e2e_request_latency_seconds", "Histogram of e2e request latency in seconds.", endToEnd));
        page.add(phase("queue", "WAITING", queueTime));
        page.add(phase("inference", "RUNNING", inferenceTime));
        page.add(phase("prefill", "PREFILL", prefillTime));
        page.add(phase("decode", "DECODE", decodeTime));
    }

    private MetricFamily phase(String name, String phase, BucketCounts counts) {
        return histogram(
                "request_" + name + "_time_seconds",
                "Histogram of time spent in " + phase + " phase for request.",
                counts);
    }

    private static MetricFamily cacheInfo(EngineTruth truth) {
        return MetricFamily.gauge(
                "vllm:cache_config_info",
                "Information of the LLMEngine CacheConfig",
                ExpositionText.label("block_size", String.valueOf(EngineTruth.BLOCK_TOKENS))
                        + ",cache_dtype=\"auto\",enable_prefix_caching=\"True\",engine=\"0\","
                        + "gpu_memory_utilization=\"0.9\","
                        + ExpositionText.label("num_gpu_blocks", String.valueOf(truth.kvBlocks())),
                1);
    }

    private MetricFamily gauge(String name, String help, double value) {
        return MetricFamily.gauge("vllm:" + name, help, labels, value);
    }

    private MetricFamily counter(String name, String help, long value) {
        return MetricFamily.counter("vllm:" + name, help, labels, (double) value);
    }

    private MetricFamily histogram(String name, String help, BucketCounts counts) {
        return MetricFamily.histogram("vllm:" + name, help, labels, counts);
    }

    /** Why vLLM says a request ended. A simulated one always ends by itself. */
    private enum FinishReason {
        STOP,
        LENGTH,
        ABORT,
        ERROR,
        REPETITION;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
