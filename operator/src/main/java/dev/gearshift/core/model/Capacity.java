package dev.gearshift.core.model;

import java.util.Optional;

/**
 * What one replica sustains inside the latency targets for the present mix of token lengths.
 *
 * @param rate requests per second; zero when no rate meets the targets
 * @param binding the limit that bounds it
 * @param infeasible what could be had at best where the target that binds cannot be met at any rate; empty when the targets
 *     can be met
 */
public record Capacity(RequestRate rate, BindingLimit binding, Optional<Infeasible> infeasible) {

    /**
     * A target no rate meets.
     *
     * @param target the target
     * @param best the best value at its percentile, at no load
     */
    public record Infeasible(LatencyTarget target, Seconds best) {}

    /** Whether the targets can be met at all. */
    public boolean isFeasible() {
        return infeasible.isEmpty();
    }
}
