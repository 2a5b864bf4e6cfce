package dev.gearshift.sandbox.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is played, and how.
 *
 * @param manifests where the manifests are that are applied
 * @param duration how long traffic lasts; empty for an hour, or for as long as a trace is
 * @param seed what all chance follows from
 * @param trace requests to play instead of generated ones
 * @param scale by how much the rate of requests is multiplied
 * @param speed virtual seconds a second; empty for as fast as possible
 * @param prometheus the program of a Prometheus that stands between engines and operator; then time is real, so neither a trace with its
 *     lead-in nor a speed goes with it
 */
public record DemoOptions(
        Path manifests,
        Optional<Duration> duration,
        long seed,
        Optional<Path> trace,
        double scale,
        Optional<Double> speed,
        Optional<Path> prometheus) {

    public DemoOptions {
        if (duration.filter(length -> length.isNegative() || length.isZero()).isPresent()) {
            throw new IllegalArgumentException("duration must be positive");
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("scale must be positive and finite, but is " + scale);
        }
        if (speed.filter(rate -> !(rate > 0)).isPresent()) {
            throw new IllegalArgumentException("speed must be positive");
        }
        if (prometheus.isPresent() && (trace.isPresent() || speed.isPresent())) {
            throw new IllegalArgumentException("neither a trace nor a speed goes with Prometheus");
        }
    }
}
