package dev.gearshift.sandbox.engine;

import dev.gearshift.simulate.EngineCounters;
import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.RequestOutcome;
import dev.gearshift.simulate.SimulatedRequest;
import java.time.Duration;
import java.util.List;

/**
 * The page of NVIDIA NIM for LLMs 1.x: names and help texts of its documentation, "Observability for NVIDIA NIM for LLMs"
 * ({@code docs.nvidia.com/nim/large-language-models/latest/observability.html}), served there at {@code /v1/metrics}. No name has a
 * prefix. The documentation says "per model" and gives no buckets: the label is {@code model_name}, and the buckets are those of
 * vLLM 0.6, from which these names come.
 *
 * <p>NIM 2.0 and later pass on the page of the engine inside (vLLM or SGLang) without a change; use the page of that engine.
 */
public final class NimMetrics implements EnginePage {

    private static final double[] FIRST_TOKEN_BUCKETS = {
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0
    };
    private static final double[] TOKEN_BUCKETS = {
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5
    };
    private static final double[] REQUEST_BUCKETS = {1.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0};

    private final String labels;
    private final BucketCounts promptTokens;
    private final BucketCounts generationTokens;
    private final BucketCounts timeToFirstToken = new BucketCounts(FIRST_TOKEN_BUCKETS);
    private final BucketCounts timePerOutputToken = new BucketCounts(TOKEN_BUCKETS);
    private final BucketCounts endToEnd = new BucketCounts(REQUEST_BUCKETS);

    /**
     * Of an engine that has done nothing yet.
     *
     * @param modelName the name the model is served under
     * @param maxModelLength tokens a sequence may have at most; bounds the buckets of lengths
     */
    public NimMetrics(String modelName, int maxModelLength) {
        this.labels = ExpositionText.label("model_name", modelName);
        this.promptTokens = BucketCounts.upTo(maxModelLength);
        this.generationTokens = BucketCounts.upTo(maxModelLength);
    }

    @Override
    public void stepped(long durationNanos, int decoded, int prefilled) {
        if (decoded > 0) {
            timePerOutputToken.observe(durationNanos / 1e9, decoded);
        }
    }

    @Override
    public void resumed(long gapNanos) {
        timePerOutputToken.observe(gapNanos / 1e9);
    }

    @Override
    public void firstToken(SimulatedRequest request, Duration submitted, Duration at) {
        timeToFirstToken.observe(ServedTimes.seconds(submitted, at));
    }

    @Override
    public void ended(RequestOutcome outcome) {
        if (outcome instanceof RequestOutcome.Completed done) {
            endToEnd.observe(ServedTimes.of(done).endToEnd());
            promptTokens.observe(done.request().inputTokens());
            generationTokens.observe(done.request().outputTokens());
        }
    }

    @Override
    public String render(EngineSimulator engine) {
        EngineCounters counters = engine.counters();
        return ExpositionText.of(
                NumberStyle.PYTHON,
                List.of(
                        gauge(
                                "gpu_cache_usage_perc",
                                "GPU KV-cache usage. 1 means 100 percent usage.",
                                engine.kvUsage().value()),
                        gauge("num_requests_running", "Number of requests currently running on GPU.", engine.running()),
                        gauge("num_requests_waiting", "Number of requests waiting to be processed.", engine.waiting()),
                        gauge(
                                "num_request_max",
                                "Max number of requests that can be run concurrently by the model.",
                                engine.truth().limits().maxSequences()),
                        counter("prompt_tokens_total", "Number of prefill tokens processed.", counters.promptTokens()),
                        counter(
                                "generation_tokens_total",
                                "Number of generation tokens processed.",
                                counters.generatedTokens()),
                        histogram(
                                "time_to_first_token_seconds",
                                "Histogram of time to first token in seconds.",
                                timeToFirstToken),
                        histogram(
                                "time_per_output_token_seconds",
                                "Histogram of time per output token in seconds.",
                                timePerOutputToken),
                        histogram(
                                "e2e_request_latency_seconds",
                                "Histogram of end to end request latency in seconds.",
                                endToEnd),
                        histogram("request_prompt_tokens", "Number of prefill tokens processed.", promptTokens),
                        histogram(
                                "request_generation_tokens",
                                "Number of generation tokens processed.",
                                generationTokens),
                        finished(counters),
                        counter(
                                "request_success_total",
                                "Number of successful requests; requests with finish reason \"stop\" or \"length\" are counted.",
                                counters.completed()),
                        counter(
                                "request_failure_total",
                                "Number of failed requests; requests with other finish reason are counted.",
                                counters.aborted())));
    }

    private MetricFamily finished(EngineCounters counters) {
        return MetricFamily.counter(
                        "request_finish_total",
                        "Number of finished requests, with label indicating finish reason.",
                        "finished_reason=\"stop\"," + labels,
                        counters.completed())
                .and("finished_reason=\"abort\"," + labels, counters.aborted());
    }

    private MetricFamily gauge(String name, String help, double value) {
        return MetricFamily.gauge(name, help, labels, value);
    }

    private MetricFamily counter(String name, String help, long value) {
        return MetricFamily.counter(name, help, labels, value);
    }

    private MetricFamily histogram(String name, String help, BucketCounts counts) {
        return MetricFamily.histogram(name, help, labels, counts);
    }
}
