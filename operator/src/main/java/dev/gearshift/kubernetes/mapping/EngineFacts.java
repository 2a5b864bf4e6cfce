package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.ServingEngine;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an engine that has nothing to do with what its metrics mean: where it listens, and its command line. Flags are
 * written with dashes, as {@link EngineArguments} reads them.
 *
 * @param port what it serves HTTP on when nothing is said
 * @param metricsPort where its metrics are when nothing is said; empty for the port it serves on
 * @param metricsPath their path when nothing is said
 * @param healthPath where it tells, on the port it serves on, whether it may be sent requests; empty when nobody knows
 * @param metricsFlag the flag without which it shows no metrics
 * @param splittingFlag the flag that splits a model over accelerators; empty when the engine does it by itself or not at all
 * @param splits every flag by which a user may have split the model otherwise
 * @param sequencesFlags flags that say how many sequences it batches at most
 * @param batchedTokensFlags flags that say how many tokens it computes in one step at most
 * @param maxSequences what it batches at most when nothing is said
 * @param load a regular expression, in Python's words, for the name and labels of its gauges of requests running and waiting; empty for an engine whose
 *     declaration names them
 */
public record EngineFacts(
        int port,
        Optional<Integer> metricsPort,
        String metricsPath,
        Optional<String> healthPath,
        Optional<String> metricsFlag,
        Optional<String> splittingFlag,
        List<String> splits,
        List<String> sequencesFlags,
        List<String> batchedTokensFlags,
        int maxSequences,
        Optional<String> load) {

    /** A series' labels, or none, as a regular expression in Python's words. */
    static final String LABELS = "(?:{.*})?";

    private static final List<String> NONE = List.of();

    private static final EngineFacts VLLM = new EngineFacts(
            8000,
            Optional.empty(),
            "/metrics",
            Optional.of("/health"),
            Optional.empty(),
            Optional.of("--tensor-parallel-size"),
            List.of("--tensor-parallel-size", "-tp", "--pipeline-parallel-size", "-pp", "--data-parallel-size", "-dp"),
            List.of("--max-num-seqs"),
            List.of("--max-num-batched-tokens"),
            Defaults.MAX_SEQUENCES,
            Optional.of("vllm:num_requests_(?:running|waiting)" + LABELS));

    private static final EngineFacts SGLANG = new EngineFacts(
            30_000,
            Optional.empty(),
            "/metrics",
            Optional.of("/health"),
            Optional.of("--enable-metrics"),
            Optional.of("--tp-size"),
            List.of(
                    "--tp",
                    "--tp-size",
                    "--tensor-parallel-size",
                    "--pp-size",
                    "--pipeline-parallel-size",
                    "--dp",
                    "--dp-size",
                    "--data-parallel-size"),
            List.of("--max-running-requests"),
            List.of("--chunked-prefill-size"),
            Defaults.MAX_SEQUENCES,
            Optional.of("sglang:num_(?:running|queue)_reqs" + LABELS));

    /** The port is what its images set; the launcher alone listens on 3000. */
    private static final EngineFacts TGI = new EngineFacts(
            80,
            Optional.empty(),
            "/metrics",
            Optional.of("/health"),
            Optional.empty(),
            Optional.of("--num-shard"),
            List.of("--num-shard", "--sharded"),
            List.of("--max-batch-size"),
            List.of("--max-batch-prefill-tokens"),
            Defaults.MAX_SEQUENCES,
            Optional.of("tgi_(?:batch_current|queue)_size"));

    private static final EngineFacts TENSOR_RT_LLM = new EngineFacts(
            8000,
            Optional.empty(),
            "/prometheus/metrics",
            Optional.of("/health"),
            Optional.empty(),
            Optional.of("--tp_size"),
            List.of(
                    "--tp-size",
                    "--tensor-parallel-size",
                    "--pp-size",
                    "--pipeline-parallel-size",
                    "--cp-size",
                    "--context-parallel-size"),
            List.of("--max-batch-size"),
            List.of("--max-num-tokens"),
            Defaults.MAX_SEQUENCES,
            Optional.of("trtllm_num_requests_(?:running|waiting)" + LABELS));

    /** How a model is split is compiled into its engine. */
    private static final EngineFacts TRITON = new EngineFacts(
            8000,
            Optional.of(8002),
            "/metrics",
            Optional.of("/v2/health/ready"),
            Optional.empty(),
            Optional.empty(),
            NONE,
            NONE,
            NONE,
            Defaults.MAX_SEQUENCES,
            Optional.of("nv_trt_llm_request_metrics{.*request_type=.(?:scheduled|waiting)[^{}]*}"));

    /** It chooses a profile for the accelerators it finds. From 2.0 on its metrics are vLLM's. */
    private static final EngineFacts NIM = new EngineFacts(
            8000,
            Optional.empty(),
            "/v1/metrics",
            Optional.of("/v1/health/ready"),
            Optional.empty(),
            Optional.empty(),
            NONE,
            List.of("--max-num-seqs"),
            List.of("--max-num-batched-tokens"),
            Defaults.MAX_SEQUENCES,
            Optional.of("(?:vllm:)?num_requests_(?:running|waiting)" + LABELS));

    /** It splits layers over all accelerators it finds, and serves four requests at a time. */
    private static final EngineFacts LLAMA_CPP = new EngineFacts(
            8080,
            Optional.empty(),
            "/metrics",
            Optional.of("/health"),
            Optional.of("--metrics"),
            Optional.empty(),
            NONE,
            List.of("--parallel", "-np"),
            List.of("--batch-size", "-b"),
            4,
            Optional.of("llamacpp:requests_(?:processing|deferred)"));

    /** The metrics port is that of KubeRay; a node started by hand needs {@code --metrics-export-port=8080}. */
    private static final EngineFacts RAY_SERVE = new EngineFacts(
            8000,
            Optional.of(8080),
            "/metrics",
            Optional.of("/-/healthz"),
            Optional.empty(),
            Optional.empty(),
            NONE,
            NONE,
            NONE,
            Defaults.MAX_SEQUENCES,
            Optional.of("ray_vllm_num_requests_(?:running|waiting)" + LABELS));

    private static final EngineFacts CUSTOM = new EngineFacts(
            8000,
            Optional.empty(),
            "/metrics",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            NONE,
            NONE,
            NONE,
            Defaults.MAX_SEQUENCES,
            Optional.empty());

    public EngineFacts {
        splits = List.copyOf(splits);
        sequencesFlags = List.copyOf(sequencesFlags);
        batchedTokensFlags = List.copyOf(batchedTokensFlags);
    }

    /** What is known of an engine. */
    public static EngineFacts of(ServingEngine engine) {
        return switch (engine) {
            case VLLM -> VLLM;
            case SGLANG -> SGLANG;
            case TGI -> TGI;
            case TENSOR_RT_LLM -> TENSOR_RT_LLM;
            case TRITON -> TRITON;
            case NIM -> NIM;
            case LLAMA_CPP -> LLAMA_CPP;
            case RAY_SERVE -> RAY_SERVE;
            case CUSTOM -> CUSTOM;
        };
    }
}
