package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;

/**
 * The names of Ray Serve LLM: vLLM's, through {@code vllm/v1/metrics/ray_wrappers.py} (0.11 and later), which writes {@code _} for
 * {@code :}, and Ray's agent, which puts {@code ray_} in front. Shown on the metrics port of a Ray node, not the port it serves on.
 *
 * <p>The agent shows a counter twice, as {@code …_total} and under its bare name; the first is taken and the other only where it is
 * alone. A counter is not there before it was first raised. Every worker has its own series, told apart by {@code WorkerId} and
 * {@code ReplicaId}. The nodes of a Ray cluster that have no engine show nothing.
 */
public final class RayServeDialect {

    /** A client that goes away is no fault of the engine. */
    private static final String FAILED = "error";

    private static final String[] ABORTED = {"abort", FAILED};

    /** The names. */
    public static final EngineDialect DIALECT = EngineDialect.of(ServingEngine.RAY_SERVE)
            .modelLabel("model_name")
            .parts("engine", "finished_reason", "WorkerId", "ReplicaId")
            .gauge(Gauge.RUNNING, own("num_requests_running"))
            .gauge(Gauge.WAITING, own("num_requests_waiting"))
            .gauge(Gauge.KV_USAGE, own("kv_cache_usage_perc"), own("gpu_cache_usage_perc"))
            .counter(Counter.COMPLETED, counter("request_success", LabelMatch.isNot("finished_reason", ABORTED)))
            .counter(Counter.ABORTED, counter("request_success", LabelMatch.is("finished_reason", ABORTED)))
            .counter(Counter.FAILED, counter("request_success", LabelMatch.is("finished_reason", FAILED)))
            .counter(Counter.PROMPT_TOKENS, counter("prompt_tokens"))
            .counter(Counter.GENERATION_TOKENS, counter("generation_tokens"))
            .counter(Counter.PREEMPTIONS, counter("num_preemptions"))
            .histogram(Distribution.TIME_TO_FIRST_TOKEN, own("time_to_first_token_seconds"))
            .histogram(
                    Distribution.TIME_PER_OUTPUT_TOKEN,
                    own("request_time_per_output_token_seconds"),
                    own("inter_token_latency_seconds"),
                    own("time_per_output_token_seconds"))
            .histogram(Distribution.END_TO_END, own("e2e_request_latency_seconds"))
            .histogram(Distribution.PROMPT_LENGTH, own("request_prompt_tokens"))
            .histogram(Distribution.GENERATION_LENGTH, own("request_generation_tokens"))
            .cacheInfo(new CacheInfo("ray_vllm_cache_config_info", "num_gpu_blocks", "block_size"))
            .build();

    private RayServeDialect() {}

    private static MetricName own(String name, LabelMatch... where) {
        return MetricName.of("ray_vllm_" + name, where);
    }

    private static MetricName[] counter(String name, LabelMatch... where) {
        return new MetricName[] {own(name + "_total", where), own(name, where)};
    }
}
