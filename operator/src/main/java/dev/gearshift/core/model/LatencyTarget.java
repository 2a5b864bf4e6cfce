package dev.gearshift.core.model;

/**
 * A latency target: at least {@code percentile} of the requests that arrived take no longer than {@code target}.
 *
 * @param objective what is measured
 * @param target the longest acceptable time, positive
 * @param percentile the share of requests that must meet it
 */
public record LatencyTarget(LatencyObjective objective, Seconds target, Percentile percentile) {

    public LatencyTarget {
        Checks.positive("target", target.value());
    }
}
