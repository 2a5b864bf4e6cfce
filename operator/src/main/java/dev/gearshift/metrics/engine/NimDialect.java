package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names of NVIDIA NIM for language models, after "Observability for NVIDIA NIM for LLMs" (1.x): vLLM's older names without a
 * prefix. From 2.0 on a NIM passes vLLM's own page through, with vLLM's names, which come second here.
 *
 * <p>{@code request_success_total} counts what ended by {@code stop} or {@code length}, {@code request_failure_total} the rest.
 */
public final class NimDialect {

    /** The names. */
    public static final EngineDialect DIALECT = EngineDialect.of(ServingEngine.NIM)
            .modelLabel("model_name")
            .parts("engine", "finished_reason")
            .gauge(Gauge.RUNNING, bareOr(VllmDialect.DIALECT.gauge(Gauge.RUNNING), "num_requests_running"))
            .gauge(Gauge.WAITING, bareOr(VllmDialect.DIALECT.gauge(Gauge.WAITING), "num_requests_waiting"))
            .gauge(Gauge.KV_USAGE, bareOr(VllmDialect.DIALECT.gauge(Gauge.KV_USAGE), "gpu_cache_usage_perc"))
            .counter(Counter.COMPLETED, bareOr(VllmDialect.DIALECT.counter(Counter.COMPLETED), "request_success_total"))
            .counter(Counter.ABORTED, bareOr(VllmDialect.DIALECT.counter(Counter.ABORTED), "request_failure_total"))
            .counter(Counter.FAILED, bareOr(VllmDialect.DIALECT.counter(Counter.FAILED)))
            .counter(
                    Counter.PROMPT_TOKENS,
                    bareOr(VllmDialect.DIALECT.counter(Counter.PROMPT_TOKENS), "prompt_tokens_total"))
            .counter(
                    Counter.GENERATION_TOKENS,
                    bareOr(VllmDialect.DIALECT.counter(Counter.GENERATION_TOKENS), "generation_tokens_total"))
            .counter(Counter.PREEMPTIONS, bareOr(VllmDialect.DIALECT.counter(Counter.PREEMPTIONS)))
            .histogram(
                    Distribution.TIME_TO_FIRST_TOKEN,
                    bareOr(
                            VllmDialect.DIALECT.histogram(Distribution.TIME_TO_FIRST_TOKEN),
                            "time_to_first_token_seconds"))
            .histogram(
                    Distribution.TIME_PER_OUTPUT_TOKEN,
                    bareOr(
                            VllmDialect.DIALECT.histogram(Distribution.TIME_PER_OUTPUT_TOKEN),
                            "time_per_output_token_seconds"))
            .histogram(
                    Distribution.END_TO_END,
                    bareOr(VllmDialect.DIALECT.histogram(Distribution.END_TO_END), "e2e_request_latency_seconds"))
            .histogram(
                    Distribution.PROMPT_LENGTH,
                    bareOr(VllmDialect.DIALECT.histogram(Distribution.PROMPT_LENGTH), "request_prompt_tokens"))
            .histogram(
                    Distribution.GENERATION_LENGTH,
                    bareOr(VllmDialect.DIALECT.histogram(Distribution.GENERATION_LENGTH), "request_generation_tokens"))
            .cacheInfo(VllmDialect.CACHE_INFO)
            .build();

    private NimDialect() {}

    private static MetricName[] bareOr(List<MetricName> vllm, String... bare) {
        return Stream.concat(Stream.of(bare).map(MetricName::of), vllm.stream()).toArray(MetricName[]::new);
    }
}
