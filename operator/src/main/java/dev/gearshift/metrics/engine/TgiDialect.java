package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;

/**
 * The names of Text Generation Inference, after its {@code docs/source/reference/metrics.md} and {@code router/src/server.rs} (3.x).
 * No series names the model, counters have no {@code _total}, and a series is there only after it was first used: a replica that has
 * had no request yet shows nothing.
 *
 * <p>There is no time to first token. {@code tgi_request_mean_time_per_token_duration} is the time of inference ÷ tokens generated,
 * the prompt's computation included: somewhat more than TPOT, the more so the shorter the answer. Tokens are the sums of the length
 * histograms. {@code tgi_request_failure} has a label {@code err}.
 */
public final class TgiDialect {

    /** Not among them: a client that went away (dropped), and a request that cannot be served (validation). */
    private static final LabelMatch FAILED = LabelMatch.is("err", "generation", "incomplete", "overloaded");

    /** The names. */
    public static final EngineDialect DIALECT = EngineDialect.of(ServingEngine.TGI)
            .parts("err")
            .gauge(Gauge.RUNNING, MetricName.of("tgi_batch_current_size"))
            .gauge(Gauge.WAITING, MetricName.of("tgi_queue_size"))
            .counter(Counter.COMPLETED, MetricName.of("tgi_request_success"))
            .counter(Counter.ABORTED, MetricName.of("tgi_request_failure"))
            .counter(Counter.FAILED, MetricName.of("tgi_request_failure", FAILED))
            .counter(Counter.PROMPT_TOKENS, MetricName.of("tgi_request_input_length_sum"))
            .counter(Counter.GENERATION_TOKENS, MetricName.of("tgi_request_generated_tokens_sum"))
            .histogram(Distribution.TIME_PER_OUTPUT_TOKEN, MetricName.of("tgi_request_mean_time_per_token_duration"))
            .histogram(Distribution.END_TO_END, MetricName.of("tgi_request_duration"))
            .histogram(Distribution.PROMPT_LENGTH, MetricName.of("tgi_request_input_length"))
            .histogram(Distribution.GENERATION_LENGTH, MetricName.of("tgi_request_generated_tokens"))
            .build();

    private TgiDialect() {}
}
