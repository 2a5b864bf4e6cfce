package dev.gearshift.core.model;

/** Which limit bounds the capacity of a replica. */
public enum BindingLimit {
    /** TTFT would miss its target first. */
    TIME_TO_FIRST_TOKEN,
    /** TPOT would miss its target first. */
    TIME_PER_OUTPUT_TOKEN,
    /** End-to-end latency would miss its target first. */
    END_TO_END,
    /** The KV cache would be full first. */
    KV_CACHE,
    /** The batch would be full first. */
    BATCH
}
