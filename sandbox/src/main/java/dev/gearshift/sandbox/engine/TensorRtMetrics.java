package dev.gearshift.sandbox.engine;

import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.EngineTruth;
import dev.gearshift.simulate.RequestOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * The page of TensorRT-LLM served by {@code trtllm-serve} with {@code return_perf_metrics} and {@code enable_iter_perf_stats}:
 * names, help texts and buckets of {@code tensorrt_llm/metrics/collector.py} at commit 050f80d (2026), labels of
 * {@code tensorrt_llm/serve/openai_server.py}. It is served at {@code /prometheus/metrics}; {@code /metrics} answers JSON there.
 *
 * <p>The server calls the model and the engine {@code undefined}. Everything about a request, its tokens and its time to first token
 * included, is counted when it has finished; a cancelled request is counted by {@code request_success_total} under the reason
 * {@code cancelled}. A series appears when it is first touched. {@code num_requests_completed_total} has no reason.
 */
public final class TensorRtMetrics implements EnginePage {

    private static final double[] FIRST_TOKEN_BUCKETS = {
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0,
        160.0, 640.0, 2560.0
    };
    private static final double[] TOKEN_BUCKETS = {
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0
    };
    private static final double[] REQUEST_BUCKETS = {
        0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0, 240.0, 480.0, 960.0,
        1920.0, 7680.0
    };
    private static final double[] PREFILL_BUCKETS = {
        0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 640.0, 2560.0
    };
    private static final String LABELS = "engine_type=\"undefined\",model_name=\"undefined\"";

    private final BucketCounts endToEnd = new BucketCounts(REQUEST_BUCKETS);
    private final BucketCounts timeToFirstToken = new BucketCounts(FIRST_TOKEN_BUCKETS);
    private final BucketCounts timePerOutputToken = new BucketCounts(TOKEN_BUCKETS);
    private final BucketCounts queueTime = new BucketCounts(REQUEST_BUCKETS);
    private final BucketCounts prefillTime = new BucketCounts(PREFILL_BUCKETS);
    private final BucketCounts decodeTime = new BucketCounts(REQUEST_BUCKETS);
    private final BucketCounts inferenceTime = new BucketCounts(REQUEST_BUCKETS);
    private long promptTokens;
    private long generationTokens;

    /** Of an engine that has done nothing yet. */
    public TensorRtMetrics() {}

    @Override
    public void ended(RequestOutcome outcome) {
        if (outcome instanceof RequestOutcome.Completed done) {
            ServedTimes times = ServedTimes.of(done);
            endToEnd.observe(times.endToEnd());
            timeToFirstToken.observe(times.toFirstToken());
            if (times.perOutputToken() > 0) {
                timePerOutputToken.observe(times.perOutputToken());
            }
            queueTime.observe(times.queue());
            prefillTime.observe(times.prefill());
            if (times.decode() > 0) {
                decodeTime.observe(times.decode());
            }
            inferenceTime.observe(times.inference());
            promptTokens += done.request().inputTokens();
            generationTokens += done.request().outputTokens();
        }
    }

    @Override
    public String render(EngineSimulator engine) {
        List<MetricFamily> page = new ArrayList<>();
        long completed = engine.counters().completed();
        finished(page, completed, engine.counters().aborted());
        histogram(page, "e2e_request_latency", "Histogram of end to end request latency in seconds.", endToEnd);
        histogram(page, "time_to_first_token", "Histogram of time to first token in seconds.", timeToFirstToken);
        histogram(page, "time_per_output_token", "Histogram of time per output token in seconds.", timePerOutputToken);
        histogram(page, "request_queue_time", "Histogram of time spent in WAITING phase for request.", queueTime);
        histogram(
                page,
                "request_prefill_time",
                "Histogram of prefill (context) phase duration in seconds (first_token_time - first_scheduled_time).",
                prefillTime);
        histogram(
                page,
                "request_decode_time",
                "Histogram of decode (generation) phase duration in seconds (last_token_time - first_token_time).",
                decodeTime);
        histogram(
                page,
                "request_inference_time",
                "Histogram of total inference duration in seconds (last_token_time - first_scheduled_time).",
                inferenceTime);
        counter(page, "prompt_tokens", "Cumulative number of prompt (input) tokens processed.", promptTokens);
        counter(
                page,
                "generation_tokens",
                "Cumulative number of generation (output) tokens produced.",
                generationTokens);
        counter(page, "num_requests_completed", "Total number of completed requests across iterations", completed);
        iteration(page, engine);
        return ExpositionText.of(NumberStyle.PYTHON, page);
    }

    private static void finished(List<MetricFamily> page, long completed, long aborted) {
        MetricFamily finished = new MetricFamily(
                "trtllm_request_success_total",
                MetricFamily.Type.COUNTER,
                "Count of successfully processed requests.",
                List.of());
        if (completed > 0) {
            finished = finished.and(reason("stop"), completed);
        }
        if (aborted > 0) {
            finished = finished.and(reason("cancelled"), aborted);
        }
        if (completed + aborted > 0) {
            page.add(finished);
        }
    }

    private static String reason(String reason) {
        return "engine_type=\"undefined\",finished_reason=\"" + reason + "\",model_name=\"undefined\"";
    }

    private static void iteration(List<MetricFamily> page, EngineSimulator engine) {
        int blocks = engine.truth().kvBlocks();
        double used = engine.kvUsage().value();
        page.add(gauge("num_requests_running", "Number of active requests", engine.running()));
        page.add(gauge("num_requests_waiting", "Number of queued requests", engine.waiting()));
        page.add(gauge(
                "max_num_active_requests",
                "Maximum number of active requests",
                engine.truth().limits().maxSequences()));
        page.add(gauge("kv_cache_utilization", "KV cache utilization", used));
        page.add(gauge("kv_cache_max_blocks", "Maximum number of KV cache blocks", blocks));
        page.add(gauge("kv_cache_used_blocks", "Number of used KV cache blocks", Math.rint(used * blocks)));
        page.add(gauge("kv_cache_free_blocks", "Number of free KV cache blocks", blocks - Math.rint(used * blocks)));
        page.add(gauge("kv_cache_tokens_per_block", "Number of tokens per KV cache block", EngineTruth.BLOCK_TOKENS));
    }

    private static MetricFamily gauge(String name, String help, double value) {
        return MetricFamily.gauge("trtllm_" + name, help, LABELS, value);
    }

    private static void counter(List<MetricFamily> page, String name, String help, long value) {
        if (value > 0) {
            page.add(MetricFamily.counter("trtllm_" + name + "_total", help, LABELS, value));
        }
    }

    private static void histogram(List<MetricFamily> page, String name, String help, BucketCounts counts) {
        if (counts.total() > 0) {
            page.add(MetricFamily.histogram("trtllm_" + name + "_seconds", help, LABELS, counts));
        }
    }
}
