package dev.gearshift.telemetry;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The pages for monitoring and the kubelet, on two ports with threads of their own: {@code /metrics} on one, {@code /healthz}
 * (liveness) and {@code /readyz} (readiness) on the other, so that a network policy can tell them apart and a slow scrape does not hold
 * up a probe. A health page answers 200 or 503 with one line of text.
 */
public final class Management implements AutoCloseable {

    /** The metrics port, where nothing else is said. */
    public static final int METRICS_PORT = 8080;

    /** The health port, where nothing else is said. */
    public static final int HEALTH_PORT = 8081;

    private static final String EXPOSITION = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * Which ports to listen on.
     *
     * @param metrics the port of {@code /metrics}; 0 for any free one
     * @param health the port of {@code /healthz} and {@code /readyz}; 0 for any free one
     */
    public record Ports(int metrics, int health) {

        public Ports {
            if (metrics == health && metrics != 0) {
                throw new IllegalArgumentException(
                        "the metrics port and the health port must differ, but both are " + metrics);
            }
        }
    }

    private final Listener metrics;
    private final Listener health;

    private Management(Listener metrics, Listener health) {
        this.metrics = metrics;
        this.health = health;
    }

    /**
     * Starts to answer, on all addresses.
     *
     * @param ports where
     * @param registry what {@code /metrics} shows
     * @param liveness what {@code /healthz} tells; asked anew for every request, from several threads
     * @param readiness what {@code /readyz} tells, likewise
     * @throws IOException when a port cannot be had; then neither is taken
     */
    public static Management start(
            Ports ports, PrometheusMeterRegistry registry, Supplier<Health> liveness, Supplier<Health> readiness)
            throws IOException {
        Listener metrics = new Listener(
                "metrics", ports.metrics(), Map.of("/metrics", () -> new Page(200, EXPOSITION, registry.scrape())));
        try {
            Listener health = new Listener(
                    "health",
                    ports.health(),
                    Map.of("/healthz", () -> page(liveness.get()), "/readyz", () -> page(readiness.get())));
            return new Management(metrics, health);
        } catch (IOException | RuntimeException failed) {
            metrics.close();
            throw failed;
        }
    }

    /** The port of {@code /metrics}. */
    public int metricsPort() {
        return metrics.port();
    }

    /** The port of {@code /healthz} and {@code /readyz}. */
    public int healthPort() {
        return health.port();
    }

    /** Stops answering and gives up both ports. */
    @Override
    public void close() {
        try (metrics) {
            health.close();
        }
    }

    private static Page page(Health health) {
        return Page.line(health.ok() ? 200 : 503, health.detail());
    }
}
