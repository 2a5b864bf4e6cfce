package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.core.predict.TokenMix;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Gauge;

/**
 * The names of llama.cpp's {@code llama-server}, after the endpoint {@code /metrics} in {@code tools/server/README.md} and
 * {@code tools/server/server-context.cpp}; builds before mid-2025 show the use of the KV cache besides. Shown with {@code --metrics}
 * only. No series has a label, and no latency is shown.
 *
 * <p>Requests are not counted. Those completed are taken to be
 * <pre>tokens_predicted_total ÷ mean answer length of {@link TokenMix#CHAT}</pre>
 * which is an approximation: the work in tokens is right, its split into requests is assumed. Where real answers are k times as
 * long, there are k times as many requests in the figures as there were, each with answers of the assumed length.
 */
public final class LlamaCppDialect {

    private static final double REQUESTS_PER_TOKEN =
            1 / TokenMix.CHAT.meanOutput().count();

    /** The names. */
    public static final EngineDialect DIALECT = EngineDialect.of(ServingEngine.LLAMA_CPP)
            .gauge(Gauge.RUNNING, own("requests_processing"))
            .gauge(Gauge.WAITING, own("requests_deferred"))
            .gauge(Gauge.KV_USAGE, own("kv_cache_usage_ratio"))
            .counter(Counter.COMPLETED, own("tokens_predicted_total").worth(REQUESTS_PER_TOKEN))
            .counter(Counter.PROMPT_TOKENS, own("prompt_tokens_total"))
            .counter(Counter.GENERATION_TOKENS, own("tokens_predicted_total"))
            .build();

    private LlamaCppDialect() {}

    private static MetricName own(String name) {
        return MetricName.of("llamacpp:" + name);
    }
}
