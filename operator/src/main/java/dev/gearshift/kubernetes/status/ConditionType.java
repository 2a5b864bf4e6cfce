package dev.gearshift.kubernetes.status;

import java.util.Arrays;

/** What conditions there are, in the order they are shown in. */
enum ConditionType {
    /** Whether the object does what it is for. */
    READY("Ready"),
    /** Whether every latency target is met. */
    LATENCY_MET("LatencyMet"),
    /** Whether the bill is within its limit. */
    COST_MET("CostMet"),
    /** Whether further accelerators can be had. */
    CAPACITY_AVAILABLE("CapacityAvailable"),
    /** Whether the metrics can be trusted. */
    METRICS_FRESH("MetricsFresh"),
    /** Whether what should run runs. */
    CONVERGED("Converged"),
    /** Only there while somebody else than the tier says what it costs. */
    PRICE_AGREES("PriceAgrees"),
    /** Only there while a route or a pool is asked for. */
    ROUTED("Routed"),
    /** Only there while somebody else manages the number of replicas. */
    CONFLICT("Conflict");

    private final String word;

    ConditionType(String word) {
        this.word = word;
    }

    /** The type on the wire. */
    String word() {
        return word;
    }

    /** Whether a type on the wire is one of these. */
    static boolean isKnown(String word) {
        return Arrays.stream(values()).anyMatch(type -> type.word.equals(word));
    }
}
