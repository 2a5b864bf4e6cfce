package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;

/**
 * The names of Triton with the TensorRT-LLM backend: Triton's own counters ({@code docs/user_guide/metrics.md} of
 * {@code triton-inference-server/server}, 25.x) and the backend's statistics ({@code src/custom_metrics_reporter} of
 * {@code tensorrtllm_backend}, and {@code all_models/llmapi/tensorrt_llm/1/model.py}). On Triton's metrics port, not its HTTP port.
 *
 * <p>Triton counts a request of an ensemble once for the ensemble and once for every model in it. What is named {@code tensorrt_llm},
 * as in all the backend's model repositories, is counted here and nothing else; the label {@code model} is that name, never the one
 * the model is served under. A {@code scheduled} request is being computed.
 *
 * <p>No latency is shown as a histogram by default. The KV cache's size is told as {@code max} blocks and {@code tokens_per} block,
 * whose product nobody shows, so it is not read.
 */
public final class TritonDialect {

    private static final LabelMatch BACKEND = LabelMatch.is("model", "tensorrt_llm");

    /** Not among them: a client that went away (CANCELED). Older versions show no reason. */
    private static final LabelMatch FAILED = LabelMatch.is("reason", "BACKEND", "OTHER", "REJECTED");

    /** The names. */
    public static final EngineDialect DIALECT = EngineDialect.of(ServingEngine.TRITON)
            .parts("version", "reason")
            .gauge(Gauge.RUNNING, requests("scheduled"))
            .gauge(Gauge.WAITING, requests("waiting"))
            .gauge(
                    Gauge.KV_USAGE,
                    own("nv_trt_llm_kv_cache_block_metrics", LabelMatch.is("kv_cache_block_type", "fraction")))
            .counter(Counter.COMPLETED, own("nv_inference_request_success"))
            .counter(Counter.ABORTED, own("nv_inference_request_failure"))
            .counter(Counter.FAILED, own("nv_inference_request_failure", FAILED))
            .counter(Counter.PROMPT_TOKENS, own("nv_llm_input_token_len_sum"))
            .counter(Counter.GENERATION_TOKENS, own("nv_llm_output_token_len_sum"))
            .histogram(Distribution.PROMPT_LENGTH, own("nv_llm_input_token_len"))
            .histogram(Distribution.GENERATION_LENGTH, own("nv_llm_output_token_len"))
            .build();

    private TritonDialect() {}

    private static MetricName own(String name, LabelMatch... more) {
        LabelMatch[] where = new LabelMatch[more.length + 1];
        where[0] = BACKEND;
        System.arraycopy(more, 0, where, 1, more.length);
        return MetricName.of(name, where);
    }

    private static MetricName requests(String type) {
        return own("nv_trt_llm_request_metrics", LabelMatch.is("request_type", type));
    }
}
