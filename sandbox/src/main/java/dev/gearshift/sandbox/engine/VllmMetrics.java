package dev.gearshift.sandbox.engine;

import dev.gearshift.simulate.EngineCounters;
import dev.gearshift.simulate.EngineListener;
import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.EngineTruth;
import dev.gearshift.simulate.RequestOutcome;
import dev.gearshift.simulate.SimulatedRequest;
import java.time.Duration;
import java.util.Locale;

/**
 * The metrics of one simulated engine as vLLM exposes them: names, labels, help texts and buckets of
 * {@code vllm/v1/metrics/loggers.py} and the times of {@code vllm/v1/metrics/stats.py} (v0.19 series, those a model without
 * adapters, images or speculation exposes; creation timestamps left out). Listens to the engine from its start, so counts are
 * cumulative since then. A request enters TTFT with its first token and all other histograms when it has finished; times
 * count from when the engine received it, not from the client's arrival. Inter-token latency is observed for every token.
 *
 * <p>Not thread-safe: render while the engine stands still.
 */
public final class VllmMetrics implements EngineListener {

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
        this.modelLabel = ExpositionText.label("model_name", modelName);
        this.labels = "engine=\"0\"," + modelLabel;
        this.promptTokens = BucketCounts.upTo(maxModelLength);
        this.generationTokens = BucketCounts.upTo(maxModelLength);
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
        timeToFirstToken.observe(seconds(submitted, at));
    }

    @Override
    public void ended(RequestOutcome outcome) {
        if (outcome instanceof RequestOutcome.Completed done) {
            promptTokens.observe(done.request().inputTokens());
            generationTokens.observe(done.request().outputTokens());
            timePerOutputToken.observe(done.timePerOutputToken().value());
            endToEnd.observe(seconds(done.submitted(), done.lastToken()));
            queueTime.observe(seconds(done.submitted(), done.started()));
            inferenceTime.observe(seconds(done.started(), done.lastToken()));
            prefillTime.observe(seconds(done.started(), done.firstToken()));
            decodeTime.observe(seconds(done.firstToken(), done.lastToken()));
        }
    }

    /** Everything as text, with the gauges of the engine's present state. */
    public String render(EngineSimulator engine) {
        ExpositionText text = new ExpositionText();
        gauges(text, engine);
        counters(text, engine.counters());
        histograms(text);
        cacheInfo(text, engine.truth());
        return text.toString();
    }

    private void gauges(ExpositionText text, EngineSimulator engine) {
        gauge(text, "vllm:num_requests_running", "Number of requests in model execution batches.", engine.running());
        gauge(text, "vllm:num_requests_waiting", "Number of requests waiting to be processed.", engine.waiting());
        gauge(
                text,
                "vllm:kv_cache_usage_perc",
                "KV-cache usage. 1 means 100 percent usage.",
                engine.kvUsage().value());
    }

    private void counters(ExpositionText text, EngineCounters counters) {
        counter(
                text,
                "vllm:prefix_cache_queries_total",
                "Prefix cache queries, in terms of number of queried tokens.",
                counters.promptTokens());
        counter(text, "vllm:prefix_cache_hits_total", "Prefix cache hits, in terms of number of cached tokens.", 0);
        counter(
                text,
                "vllm:num_preemptions_total",
                "Cumulative number of preemption from the engine.",
                counters.preemptions());
        counter(text, "vllm:prompt_tokens_total", "Number of prefill tokens processed.", counters.promptTokens());
        counter(
                text,
                "vllm:generation_tokens_total",
                "Number of generation tokens processed.",
                counters.generatedTokens());
        String success = "vllm:request_success_total";
        text.family(success, "counter", "Count of successfully processed requests.");
        for (FinishReason reason : FinishReason.values()) {
            double count = switch (reason) {
                case STOP -> counters.completed();
                case ABORT -> counters.aborted();
                case LENGTH, ERROR, REPETITION -> 0;
            };
            text.sample(
                    success,
                    "engine=\"0\"," + ExpositionText.label("finished_reason", reason.label()) + "," + modelLabel,
                    count);
        }
    }

    private void histograms(ExpositionText text) {
        text.histogram("vllm:request_prompt_tokens", "Number of prefill tokens processed.", labels, promptTokens)
                .histogram(
                        "vllm:request_generation_tokens",
                        "Number of generation tokens processed.",
                        labels,
                        generationTokens)
                .histogram(
                        "vllm:iteration_tokens_total",
                        "Histogram of number of tokens per engine_step.",
                        labels,
                        stepTokens)
                .histogram(
                        "vllm:time_to_first_token_seconds",
                        "Histogram of time to first token in seconds.",
                        labels,
                        timeToFirstToken)
                .histogram(
                        "vllm:inter_token_latency_seconds",
                        "Histogram of inter-token latency in seconds.",
                        labels,
                        interTokenLatency)
                .histogram(
                        "vllm:request_time_per_output_token_seconds",
                        "Histogram of time_per_output_token_seconds per request.",
                        labels,
                        timePerOutputToken)
                .histogram(
                        "vllm:e2e_request_latency_seconds",
                        "Histogram of e2e request latency in seconds.",
                        labels,
                        endToEnd);
        phase(text, "queue", "WAITING", queueTime);
        phase(text, "inference", "RUNNING", inferenceTime);
        phase(text, "prefill", "PREFILL", prefillTime);
        phase(text, "decode", "DECODE", decodeTime);
    }

    private void phase(ExpositionText text, String name, String phase, BucketCounts counts) {
        text.histogram(
                "vllm:request_" + name + "_time_seconds",
                "Histogram of time spent in " + phase + " phase for request.",
                labels,
                counts);
    }

    private static void cacheInfo(ExpositionText text, EngineTruth truth) {
        String name = "vllm:cache_config_info";
        text.family(name, "gauge", "Information of the LLMEngine CacheConfig")
                .sample(
                        name,
                        ExpositionText.label("block_size", String.valueOf(EngineTruth.BLOCK_TOKENS))
                                + ",cache_dtype=\"auto\",enable_prefix_caching=\"True\",engine=\"0\","
                                + "gpu_memory_utilization=\"0.9\","
                                + ExpositionText.label("num_gpu_blocks", String.valueOf(truth.kvBlocks())),
                        1);
    }

    private void gauge(ExpositionText text, String name, String help, double value) {
        text.family(name, "gauge", help).sample(name, labels, value);
    }

    private void counter(ExpositionText text, String name, String help, long value) {
        text.family(name, "counter", help).sample(name, labels, (double) value);
    }

    private static double seconds(Duration from, Duration to) {
        return to.minus(from).toNanos() / 1e9;
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
