package dev.gearshift.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;

/** Meters about the process itself: which version it is, its memory, threads and processor time. */
public final class ProcessMeters {

    private ProcessMeters() {}

    /**
     * Adds them to a registry.
     *
     * @param registry which must not hold them yet
     * @param version the version that runs, such as {@code 1.2.0}
     */
    public static void addTo(MeterRegistry registry, String version) {
        Gauge.builder("gearshift.build.info", () -> 1)
                .description("1, with the version that runs as a label")
                .tag("version", version)
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }
}
