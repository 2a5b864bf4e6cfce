package dev.gearshift.sandbox.engine;

/** The serving engines whose pages can be played, each as it is run by default. */
public enum EngineKind {
    /** vLLM, with its present names. */
    VLLM,
    /** vLLM as it named its metrics up to 0.10. */
    VLLM_OLDER,
    /** SGLang on two GPUs, every scheduler showing its metrics. */
    SGLANG,
    /** Hugging Face's Text Generation Inference. */
    TGI,
    /** TensorRT-LLM served by {@code trtllm-serve}. */
    TENSORRT_LLM,
    /** TensorRT-LLM as a backend of Triton, inside the usual ensemble. */
    TRITON,
    /** NVIDIA NIM for LLMs, 1.x. */
    NIM,
    /** llama.cpp's server with {@code --metrics}. */
    LLAMA_CPP,
    /** vLLM inside Ray Serve LLM. */
    RAY_SERVE,
    /** An engine nobody knows, which shows everything under names of its own. */
    CUSTOM;

    /**
     * The page of a new engine.
     *
     * @param modelName the name the model is served under
     * @param maxModelLength tokens a sequence may have at most; bounds the buckets of lengths where the engine does so
     */
    public EnginePage page(String modelName, int maxModelLength) {
        return switch (this) {
            case VLLM -> new VllmMetrics(modelName, maxModelLength);
            case VLLM_OLDER -> VllmMetrics.older(modelName, maxModelLength);
            case SGLANG -> new SglangMetrics(modelName, 2);
            case TGI -> new TgiMetrics(maxModelLength);
            case TENSORRT_LLM -> new TensorRtMetrics();
            case TRITON -> new TritonMetrics();
            case NIM -> new NimMetrics(modelName, maxModelLength);
            case LLAMA_CPP -> new LlamaCppMetrics();
            case RAY_SERVE -> new RayServeMetrics(modelName, maxModelLength);
            case CUSTOM -> new CustomMetrics(CustomNames.withPrefix("inhouse_"));
        };
    }
}
