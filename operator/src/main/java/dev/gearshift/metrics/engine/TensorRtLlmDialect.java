package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;

/**
 * The names of {@code trtllm-serve}, as {@code tensorrt_llm/metrics/collector.py} registers them (1.3). What is counted for each
 * request is there with {@code return_perf_metrics: true} in the file given to {@code --config}, gauges of the iteration with
 * {@code enable_iter_perf_stats: true}.
 *
 * <p>The label {@code model_name} is {@code undefined} in many versions ({@code tensorrt_llm/serve/openai_server.py}), so series are
 * not told apart by it: one server serves one model. Lengths are not shown. The KV cache's size is told in two gauges
 * ({@code kv_cache_max_blocks}, {@code kv_cache_tokens_per_block}) whose product nobody shows, so it is not read.
 */
public final class TensorRtLlmDialect {

    private static final String[] ABORTED = {"cancelled", "timeout", "error"};

    /** A client that goes away is no fault of the engine. */
    private static final String[] FAILED = {"timeout", "error"};

    /** The names. */
    public static final EngineDialect DIALECT = EngineDialect.of(ServingEngine.TENSOR_RT_LLM)
            .parts("finished_reason")
            .gauge(Gauge.RUNNING, own("num_requests_running"))
            .gauge(Gauge.WAITING, own("num_requests_waiting"))
            .gauge(Gauge.KV_USAGE, own("kv_cache_utilization"))
            .counter(
                    Counter.COMPLETED,
                    finished(LabelMatch.isNot("finished_reason", ABORTED)),
                    own("num_requests_completed_total"))
            .counter(Counter.ABORTED, finished(LabelMatch.is("finished_reason", ABORTED)))
            .counter(Counter.FAILED, finished(LabelMatch.is("finished_reason", FAILED)))
            .counter(Counter.PROMPT_TOKENS, own("prompt_tokens_total"))
            .counter(Counter.GENERATION_TOKENS, own("generation_tokens_total"))
            .histogram(Distribution.TIME_TO_FIRST_TOKEN, own("time_to_first_token_seconds"))
            .histogram(Distribution.TIME_PER_OUTPUT_TOKEN, own("time_per_output_token_seconds"))
            .histogram(Distribution.END_TO_END, own("e2e_request_latency_seconds"))
            .build();

    private TensorRtLlmDialect() {}

    private static MetricName own(String name, LabelMatch... where) {
        return MetricName.of("trtllm_" + name, where);
    }

    private static MetricName finished(LabelMatch reason) {
        return own("request_success_total", reason);
    }
}
