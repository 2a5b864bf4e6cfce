package dev.gearshift.core.model;

/** A kind of server that answers a model's requests. */
public enum ServingEngine {
    /** vLLM. */
    VLLM,
    /** SGLang. */
    SGLANG,
    /** Hugging Face Text Generation Inference. */
    TGI,
    /** {@code trtllm-serve} of TensorRT-LLM. */
    TENSOR_RT_LLM,
    /** Triton with the TensorRT-LLM backend. */
    TRITON,
    /** An NVIDIA NIM for language models. */
    NIM,
    /** {@code llama-server} of llama.cpp. */
    LLAMA_CPP,
    /** Ray Serve LLM, which runs vLLM. */
    RAY_SERVE,
    /** Any other; the declaration names its metrics. */
    CUSTOM
}
