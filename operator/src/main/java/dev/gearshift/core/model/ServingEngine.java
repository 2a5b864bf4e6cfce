package dev.gearshift.core.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** A kind of server that answers a model's requests, and what it shows of them. */
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
    /** Any other; the declaration names its metrics, and by that what it measures. */
    CUSTOM;

    /** Whether it counts its requests; where it does not, their number is worked out from the tokens it generated. */
    public boolean countsRequests() {
        return this != LLAMA_CPP;
    }

    /** The latencies it shows as histograms; see {@link DeclaredEngine#measures()} for a {@link #CUSTOM} one. */
    public SortedSet<LatencyObjective> measures() {
        return switch (this) {
            case VLLM, SGLANG, TENSOR_RT_LLM, NIM, RAY_SERVE -> set(LatencyObjective.values());
            case TGI -> set(LatencyObjective.TIME_PER_OUTPUT_TOKEN, LatencyObjective.END_TO_END);
            case TRITON, LLAMA_CPP, CUSTOM -> set();
        };
    }

    private static SortedSet<LatencyObjective> set(LatencyObjective... objectives) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(Arrays.asList(objectives)));
    }
}
