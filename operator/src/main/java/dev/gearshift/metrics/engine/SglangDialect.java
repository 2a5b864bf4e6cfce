package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;

/**
 * SGLang's names, as {@code SchedulerMetricsCollector} and {@code TokenizerMetricsCollector} register them in
 * {@code python/sglang/srt/metrics/collector.py} (0.5; {@code srt/observability/metrics_collector.py} since 0.5.10). Shown with
 * {@code --enable-metrics} only.
 *
 * <p>The schedulers' gauges and counters have the labels {@code tp_rank}, {@code pp_rank} and, with data parallelism,
 * {@code dp_rank}. One scheduler of each tensor-parallel group shows them, that of rank 0 in the group, unless
 * {@code --enable-metrics-for-all-schedulers} makes all show the same numbers. So without {@code dp_rank} rank 0 is taken. With it
 * all series add up: under data-parallel attention {@code tp_rank} goes through all ranks, and rank 0 alone would be one share of
 * many. Together with {@code --enable-metrics-for-all-schedulers} that counts the ranks of one group several times.
 *
 * <p>With priority scheduling the gauges of requests come once a priority and once in all with {@code priority=""}, which is taken.
 *
 * <p>{@code num_requests_total} counts what finished, requests aborted while running included. TPOT is
 * {@code time_per_output_token_seconds} where a version shows it, one observation a request; otherwise
 * {@code inter_token_latency_seconds}, one observation a token, which weighs long requests more. Lengths are shown with
 * {@code --collect-tokens-histogram} only.
 */
public final class SglangDialect {

    private static final LabelMatch NO_DATA_PARALLEL = LabelMatch.missing("dp_rank");
    private static final LabelMatch DATA_PARALLEL = LabelMatch.isNot("dp_rank", "");
    private static final LabelMatch FIRST_OF_TENSOR = LabelMatch.is("tp_rank", "", "0");
    private static final LabelMatch FIRST_OF_PIPELINE = LabelMatch.is("pp_rank", "", "0");
    private static final LabelMatch ALL_PRIORITIES = LabelMatch.missing("priority");

    /** The names. */
    public static final EngineDialect DIALECT = EngineDialect.of(ServingEngine.SGLANG)
            .modelLabel("model_name")
            .parts("dp_rank", "tp_rank", "pp_rank", "moe_ep_rank", "priority", "is_streaming")
            .gauge(Gauge.RUNNING, scheduled("num_running_reqs"))
            .gauge(Gauge.WAITING, scheduled("num_queue_reqs"))
            .gauge(Gauge.KV_USAGE, scheduled("token_usage"))
            .gauge(Gauge.KV_TOKENS, scheduled("max_total_num_tokens"))
            .counter(Counter.COMPLETED, own("num_requests_total"))
            .counter(Counter.ABORTED, own("num_aborted_requests_total"))
            .counter(Counter.PROMPT_TOKENS, own("prompt_tokens_total"))
            .counter(Counter.GENERATION_TOKENS, own("generation_tokens_total"))
            .counter(Counter.PREEMPTIONS, scheduled("num_retracted_requests_total"))
            .histogram(Distribution.TIME_TO_FIRST_TOKEN, own("time_to_first_token_seconds"))
            .histogram(
                    Distribution.TIME_PER_OUTPUT_TOKEN,
                    own("time_per_output_token_seconds"),
                    own("inter_token_latency_seconds"))
            .histogram(Distribution.END_TO_END, own("e2e_request_latency_seconds"))
            .histogram(Distribution.PROMPT_LENGTH, own("prompt_tokens_histogram"))
            .histogram(Distribution.GENERATION_LENGTH, own("generation_tokens_histogram"))
            .build();

    private SglangDialect() {}

    private static MetricName own(String name) {
        return MetricName.of("sglang:" + name);
    }

    private static MetricName[] scheduled(String name) {
        return new MetricName[] {
            MetricName.of("sglang:" + name, NO_DATA_PARALLEL, FIRST_OF_TENSOR, FIRST_OF_PIPELINE, ALL_PRIORITIES),
            MetricName.of("sglang:" + name, DATA_PARALLEL, FIRST_OF_PIPELINE, ALL_PRIORITIES)
        };
    }
}
