package dev.gearshift.core.model;

/** What a latency target is about. */
public enum LatencyObjective {
    /** From arrival to the first token (TTFT). */
    TIME_TO_FIRST_TOKEN,
    /** Mean time between tokens of one request after its first (TPOT). */
    TIME_PER_OUTPUT_TOKEN,
    /** From arrival to the last token. */
    END_TO_END
}
