package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;

/**
 * vLLM's names, as its {@code vllm/v1/metrics/loggers.py} registers them (0.9 to 0.11 and later), older names included. Every
 * series has the labels {@code model_name} and {@code engine} (one value a data-parallel rank); {@code vllm:cache_config_info} has
 * no {@code model_name}.
 *
 * <p>TPOT is {@code request_time_per_output_token_seconds}, one observation a request. Where it is missing,
 * {@code inter_token_latency_seconds} or its older name {@code time_per_output_token_seconds} is taken: one observation an output
 * <em>event</em>, which weighs long requests more and is inflated by speculative decoding.
 *
 * <p>A series with a label {@code server} is a router's copy of another pod's and is passed over.
 */
public final class VllmDialect {

    private static final LabelMatch NO_ROUTER = LabelMatch.missing("server");
    /** A client that goes away is no fault of the engine. */
    private static final String FAILED = "error";

    private static final String[] ABORTED = {"abort", FAILED};

    /** Where the size of the KV cache is told. */
    static final CacheInfo CACHE_INFO = new CacheInfo("vllm:cache_config_info", "num_gpu_blocks", "block_size");

    /** The names. */
    public static final EngineDialect DIALECT = EngineDialect.of(ServingEngine.VLLM)
            .modelLabel("model_name")
            .parts("engine", "finished_reason")
            .gauge(Gauge.RUNNING, own("num_requests_running"))
            .gauge(Gauge.WAITING, own("num_requests_waiting"))
            .gauge(Gauge.KV_USAGE, own("kv_cache_usage_perc"), own("gpu_cache_usage_perc"))
            .counter(Counter.COMPLETED, finished(LabelMatch.isNot("finished_reason", ABORTED)))
            .counter(Counter.ABORTED, finished(LabelMatch.is("finished_reason", ABORTED)))
            .counter(Counter.FAILED, finished(LabelMatch.is("finished_reason", FAILED)))
            .counter(Counter.PROMPT_TOKENS, own("prompt_tokens_total"))
            .counter(Counter.GENERATION_TOKENS, own("generation_tokens_total"))
            .counter(Counter.PREEMPTIONS, own("num_preemptions_total"))
            .histogram(Distribution.TIME_TO_FIRST_TOKEN, own("time_to_first_token_seconds"))
            .histogram(
                    Distribution.TIME_PER_OUTPUT_TOKEN,
                    own("request_time_per_output_token_seconds"),
                    own("inter_token_latency_seconds"),
                    own("time_per_output_token_seconds"))
            .histogram(Distribution.END_TO_END, own("e2e_request_latency_seconds"))
            .histogram(Distribution.PROMPT_LENGTH, own("request_prompt_tokens"))
            .histogram(Distribution.GENERATION_LENGTH, own("request_generation_tokens"))
            .cacheInfo(CACHE_INFO)
            .build();

    private VllmDialect() {}

    private static MetricName own(String name) {
        return MetricName.of("vllm:" + name, NO_ROUTER);
    }

    private static MetricName finished(LabelMatch reason) {
        return MetricName.of("vllm:request_success_total", NO_ROUTER, reason);
    }
}
