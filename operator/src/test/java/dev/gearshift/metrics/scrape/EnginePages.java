package dev.gearshift.metrics.scrape;

import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.metrics.engine.DialectReading;
import dev.gearshift.metrics.engine.Dialects;
import dev.gearshift.metrics.engine.EngineDialect;
import dev.gearshift.metrics.engine.EngineSample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Small pages as engines show them, after one request or a few, without what nobody reads. */
final class EnginePages {

    static final String VLLM = """
            vllm:num_requests_running{engine="0",model_name="m"} 2.0
            vllm:num_requests_waiting{engine="0",model_name="m"} 1.0
            vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.25
            vllm:cache_config_info{block_size="16",engine="0",num_gpu_blocks="100"} 1.0
            vllm:prompt_tokens_total{engine="0",model_name="m"} 40.0
            vllm:generation_tokens_total{engine="0",model_name="m"} 30.0
            vllm:request_success_total{engine="0",finished_reason="stop",model_name="m"} 3.0
            """
            + histogram("vllm:time_to_first_token_seconds", "engine=\"0\",model_name=\"m\"")
            + histogram("vllm:request_time_per_output_token_seconds", "engine=\"0\",model_name=\"m\"")
            + histogram("vllm:e2e_request_latency_seconds", "engine=\"0\",model_name=\"m\"");

    static final String SGLANG = """
            sglang:num_running_reqs{engine_type="unified",model_name="m",pp_rank="0",tp_rank="0"} 2.0
            sglang:num_queue_reqs{engine_type="unified",model_name="m",pp_rank="0",tp_rank="0"} 1.0
            sglang:token_usage{engine_type="unified",model_name="m",pp_rank="0",tp_rank="0"} 0.25
            sglang:max_total_num_tokens{engine_type="unified",model_name="m",pp_rank="0",tp_rank="0"} 1600.0
            sglang:prompt_tokens_total{model_name="m"} 40.0
            sglang:generation_tokens_total{model_name="m"} 30.0
            sglang:num_requests_total{model_name="m"} 3.0
            """
            + histogram("sglang:time_to_first_token_seconds", "model_name=\"m\"")
            + histogram("sglang:inter_token_latency_seconds", "model_name=\"m\"")
            + histogram("sglang:e2e_request_latency_seconds", "model_name=\"m\"");

    static final String TGI = """
            tgi_batch_current_size 2
            tgi_queue_size 1
            tgi_request_count 4
            tgi_request_success 3
            tgi_request_failure{err="overloaded"} 1
            """
            + histogram("tgi_request_duration", "")
            + histogram("tgi_request_mean_time_per_token_duration", "")
            + histogram("tgi_request_input_length", "")
            + histogram("tgi_request_generated_tokens", "");

    static final String TENSOR_RT_LLM = """
            trtllm_num_requests_running{engine_type="undefined",model_name="undefined"} 2.0
            trtllm_num_requests_waiting{engine_type="undefined",model_name="undefined"} 1.0
            trtllm_kv_cache_utilization{engine_type="undefined",model_name="undefined"} 0.25
            trtllm_prompt_tokens_total{engine_type="undefined",model_name="undefined"} 40.0
            trtllm_generation_tokens_total{engine_type="undefined",model_name="undefined"} 30.0
            trtllm_request_success_total{engine_type="undefined",finished_reason="stop",model_name="undefined"} 3.0
            trtllm_num_requests_completed_total{engine_type="undefined",model_name="undefined"} 4.0
            """
            + histogram("trtllm_time_to_first_token_seconds", "model_name=\"undefined\"")
            + histogram("trtllm_time_per_output_token_seconds", "model_name=\"undefined\"")
            + histogram("trtllm_e2e_request_latency_seconds", "model_name=\"undefined\"");

    static final String TRITON = """
            nv_inference_request_success{model="ensemble",version="1"} 3
            nv_inference_request_success{model="preprocessing",version="1"} 3
            nv_inference_request_success{model="tensorrt_llm",version="1"} 3
            nv_inference_request_success{model="postprocessing",version="1"} 3
            nv_inference_request_failure{model="tensorrt_llm",reason="OTHER",version="1"} 1
            nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="waiting",version="1"} 1
            nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="context",version="1"} 1
            nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="scheduled",version="1"} 2
            nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="max",version="1"} 512
            nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="active",version="1"} 3
            nv_trt_llm_kv_cache_block_metrics{kv_cache_block_type="fraction",model="tensorrt_llm",version="1"} 0.25
            nv_trt_llm_kv_cache_block_metrics{kv_cache_block_type="max",model="tensorrt_llm",version="1"} 100
            """
            + histogram("nv_llm_input_token_len", "model=\"tensorrt_llm\",response_metric_type=\"total_input_tokens\"")
            + histogram(
                    "nv_llm_output_token_len", "model=\"tensorrt_llm\",response_metric_type=\"total_output_tokens\"");

    static final String NIM = """
            num_requests_running{model_name="m"} 2.0
            num_requests_waiting{model_name="m"} 1.0
            num_request_max{model_name="m"} 2048.0
            gpu_cache_usage_perc{model_name="m"} 0.25
            prompt_tokens_total{model_name="m"} 40.0
            generation_tokens_total{model_name="m"} 30.0
            request_finish_total{finished_reason="stop",model_name="m"} 3.0
            request_success_total{model_name="m"} 3.0
            request_failure_total{model_name="m"} 1.0
            """
            + histogram("time_to_first_token_seconds", "model_name=\"m\"")
            + histogram("time_per_output_token_seconds", "model_name=\"m\"")
            + histogram("e2e_request_latency_seconds", "model_name=\"m\"");

    static final String LLAMA_CPP = """
            llamacpp:prompt_tokens_total 40
            llamacpp:prompt_seconds_total 1.5
            llamacpp:tokens_predicted_total 633
            llamacpp:predicted_tokens_seconds 20.5
            llamacpp:requests_processing 2
            llamacpp:requests_deferred 1
            """;

    static final String RAY_SERVE = """
            ray_vllm_num_requests_running{ReplicaId="r",WorkerId="w",engine="0",model_name="m"} 2.0
            ray_vllm_num_requests_waiting{ReplicaId="r",WorkerId="w",engine="0",model_name="m"} 1.0
            ray_vllm_kv_cache_usage_perc{ReplicaId="r",WorkerId="w",engine="0",model_name="m"} 0.25
            ray_vllm_prompt_tokens{ReplicaId="r",WorkerId="w",engine="0",model_name="m"} 40.0
            ray_vllm_prompt_tokens_total{ReplicaId="r",WorkerId="w",engine="0",model_name="m"} 40.0
            ray_vllm_generation_tokens_total{ReplicaId="r",WorkerId="w",engine="0",model_name="m"} 30.0
            ray_vllm_request_success{ReplicaId="r",WorkerId="w",finished_reason="stop",model_name="m"} 3.0
            ray_vllm_request_success_total{ReplicaId="r",WorkerId="w",finished_reason="stop",model_name="m"} 3.0
            """
            + histogram("ray_vllm_time_to_first_token_seconds", "ReplicaId=\"r\",WorkerId=\"w\",model_name=\"m\"")
            + histogram("ray_vllm_time_per_output_token_seconds", "ReplicaId=\"r\",WorkerId=\"w\",model_name=\"m\"")
            + histogram("ray_vllm_e2e_request_latency_seconds", "ReplicaId=\"r\",WorkerId=\"w\",model_name=\"m\"");

    private EnginePages() {}

    static String of(ServingEngine engine) {
        return switch (engine) {
            case VLLM -> VLLM;
            case SGLANG -> SGLANG;
            case TGI -> TGI;
            case TENSOR_RT_LLM -> TENSOR_RT_LLM;
            case TRITON -> TRITON;
            case NIM -> NIM;
            case LLAMA_CPP -> LLAMA_CPP;
            case RAY_SERVE -> RAY_SERVE;
            case CUSTOM -> throw new IllegalArgumentException("a custom engine has no page of its own");
        };
    }

    /** Three observations of 30 in all, two of them below a half. */
    private static String histogram(String name, String labels) {
        String before = labels.isEmpty() ? "" : labels + ",";
        String all = labels.isEmpty() ? "" : "{" + labels + "}";
        return String.format(
                Locale.ROOT,
                "%1$s_bucket{%2$sle=\"0.5\"} 2%n%1$s_bucket{%2$sle=\"+Inf\"} 3%n%1$s_sum%3$s 30%n%1$s_count%3$s 3%n",
                name,
                before,
                all);
    }

    /** What a page says in an engine's dialect, of any model. */
    static EngineSample read(ServingEngine engine, String page) {
        return read(Dialects.of(engine), Optional.empty(), page);
    }

    static EngineSample read(EngineDialect dialect, Optional<String> model, String page) {
        DialectReading reading = dialect.read(model);
        try {
            ExpositionParser.parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), reading::accept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reading.sample();
    }
}
