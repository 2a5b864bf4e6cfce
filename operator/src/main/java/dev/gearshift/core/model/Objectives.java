package dev.gearshift.core.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was promised.
 *
 * @param latency latency targets, at most one an objective
 * @param window the window of the latency targets' error budgets, positive
 * @param maxPerHour the most the desired gear may cost
 * @param precedence which side gives way
 */
public record Objectives(
        List<LatencyTarget> latency, Duration window, Optional<HourlyCost> maxPerHour, Precedence precedence) {

    public Objectives {
        latency = List.copyOf(latency);
        Checks.positive("window", window.toMillis());
    }
}
