package dev.gearshift.sandbox.engine;

import dev.gearshift.simulate.EngineCounters;
import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.EngineTruth;
import dev.gearshift.simulate.RequestOutcome;
import dev.gearshift.simulate.SimulatedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The page of TensorRT-LLM as a backend of Triton with in-flight batching: {@code nv_trt_llm_*} and {@code nv_llm_*} of
 * {@code triton_backend/inflight_batcher_llm/src/custom_metrics_reporter/custom_metrics_reporter.cc} (NVIDIA/TensorRT-LLM, commit
 * 0d5352f), {@code nv_inference_*} of {@code src/metrics.cc} and {@code src/metric_model_reporter.h} (triton-inference-server/core,
 * commit 73aad7c). {@code waiting} is {@code active} less {@code scheduled}, as the backend computes it.
 *
 * <p>The usual ensemble is four models, and each of them counts every request, with durations as counters of microseconds: only
 * {@code model="tensorrt_llm"} is the engine. Its requests leave Triton's queue at once, so that its queue duration is zero and its
 * own queue is in {@code request_type="waiting"}. What reads like a total is a gauge of the last iteration; the sums of the length
 * histograms are the tokens. There is no time per output token, and a first-response histogram, in milliseconds, only on demand.
 */
public final class TritonMetrics implements EnginePage {

    private static final List<String> MODELS = List.of("ensemble", "postprocessing", "preprocessing", "tensorrt_llm");
    private static final String ENGINE = "tensorrt_llm";
    private static final double[] LENGTH_BUCKETS = {10, 50, 100, 500, 1000};
    private static final double[] FIRST_RESPONSE_MILLIS = {100, 500, 2000, 5000};

    private final boolean firstResponse;
    private final BucketCounts outputTokens = new BucketCounts(LENGTH_BUCKETS);
    private final BucketCounts inputTokens = new BucketCounts(LENGTH_BUCKETS);
    private final BucketCounts firstResponseMillis = new BucketCounts(FIRST_RESPONSE_MILLIS);
    private double requestSeconds;

    /** Of an engine that has done nothing yet, without the first-response histogram, as Triton is by default. */
    public TritonMetrics() {
        this(false);
    }

    /**
     * Of an engine that has done nothing yet.
     *
     * @param firstResponse whether Triton was started with {@code --metrics-config histogram_latencies=true}
     */
    public TritonMetrics(boolean firstResponse) {
        this.firstResponse = firstResponse;
    }

    @Override
    public void firstToken(SimulatedRequest request, Duration submitted, Duration at) {
        firstResponseMillis.observe(ServedTimes.seconds(submitted, at) * 1e3);
    }

    @Override
    public void ended(RequestOutcome outcome) {
        if (outcome instanceof RequestOutcome.Completed done) {
            inputTokens.observe(done.request().inputTokens());
            outputTokens.observe(done.request().outputTokens());
            requestSeconds += ServedTimes.of(done).endToEnd();
        }
    }

    @Override
    public String render(EngineSimulator engine) {
        List<MetricFamily> page = new ArrayList<>();
        base(page, engine.counters());
        if (firstResponse) {
            page.add(MetricFamily.histogram(
                    "nv_inference_first_response_histogram_ms",
                    "Duration from request to first response in milliseconds",
                    model(ENGINE),
                    firstResponseMillis));
        }
        batcher(page, engine);
        return ExpositionText.of(NumberStyle.SHORTEST, page);
    }

    private void base(List<MetricFamily> page, EngineCounters counters) {
        double completed = counters.completed();
        double micros = requestSeconds * 1e6;
        page.add(ofEveryModel(
                "nv_inference_request_success", "Number of successful inference requests, all batch sizes", completed));
        page.add(failures(counters.aborted()));
        page.add(ofEveryModel(
                "nv_inference_count", "Number of inferences performed (does not include cached requests)", completed));
        page.add(ofEveryModel(
                "nv_inference_request_duration_us",
                "Cumulative inference request duration in microseconds (includes cached requests)",
                Math.rint(micros)));
        page.add(ofEveryModel(
                "nv_inference_queue_duration_us",
                "Cumulative inference queuing duration in microseconds (includes cached requests)",
                0));
        page.add(ofEveryModel(
                "nv_inference_compute_infer_duration_us",
                "Cumulative compute inference duration in microseconds (does not include cached requests)",
                Math.rint(micros)));
        MetricFamily pending = ofEveryModel(
                "nv_inference_pending_request_count",
                "Instantaneous number of pending requests awaiting execution per-model.",
                0);
        page.add(new MetricFamily(pending.name(), MetricFamily.Type.GAUGE, pending.help(), pending.series()));
    }

    private static MetricFamily ofEveryModel(String name, String help, double value) {
        MetricFamily family = new MetricFamily(name, MetricFamily.Type.COUNTER, help, List.of());
        for (String model : MODELS) {
            family = family.and(model(model), value);
        }
        return family;
    }

    private static MetricFamily failures(long cancelled) {
        MetricFamily family = new MetricFamily(
                "nv_inference_request_failure",
                MetricFamily.Type.COUNTER,
                "Number of failed inference requests, all batch sizes",
                List.of());
        for (String model : MODELS) {
            for (String reason : List.of("BACKEND", "CANCELED", "OTHER", "REJECTED")) {
                family = family.and(
                        "model=\"" + model + "\",reason=\"" + reason + "\",version=\"1\"",
                        reason.equals("CANCELED") ? cancelled : 0);
            }
        }
        return family;
    }

    private void batcher(List<MetricFamily> page, EngineSimulator engine) {
        int running = engine.running();
        int waiting = engine.waiting();
        page.add(MetricFamily.gauge(
                        "nv_trt_llm_request_metrics",
                        "TRT LLM request metrics",
                        request("active"),
                        (double) running + waiting)
                .and(request("max"), engine.truth().limits().maxSequences())
                .and(request("scheduled"), running)
                .and(request("waiting"), waiting));
        int blocks = engine.truth().kvBlocks();
        double used = engine.kvUsage().value();
        page.add(MetricFamily.gauge(
                        "nv_trt_llm_kv_cache_block_metrics", "TRT LLM KV cache block metrics", kv("max"), blocks)
                .and(kv("free"), blocks - Math.rint(used * blocks))
                .and(kv("used"), Math.rint(used * blocks))
                .and(kv("tokens_per"), EngineTruth.BLOCK_TOKENS)
                .and(kv("fraction"), used));
        page.add(MetricFamily.gauge(
                "nv_trt_llm_inflight_batcher_metrics",
                "TRT LLM inflight_batcher-specific metrics",
                "inflight_batcher_specific_metric=\"generation_requests\"," + model(ENGINE),
                running));
        page.add(MetricFamily.histogram(
                "nv_llm_output_token_len",
                "TRT LLM response metrics",
                "model=\"tensorrt_llm\",response_metric_type=\"total_output_tokens\",version=\"1\"",
                outputTokens));
        page.add(MetricFamily.histogram(
                "nv_llm_input_token_len",
                "TRT LLM response metrics",
                "model=\"tensorrt_llm\",response_metric_type=\"total_input_tokens\",version=\"1\"",
                inputTokens));
    }

    private static String request(String type) {
        return "model=\"tensorrt_llm\",request_type=\"" + type + "\",version=\"1\"";
    }

    private static String kv(String type) {
        return "kv_cache_block_type=\"" + type + "\"," + model(ENGINE);
    }

    private static String model(String model) {
        return "model=\"" + model + "\",version=\"1\"";
    }
}
