package dev.gearshift.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

final class ProcessMetersTest {

    @Test
    void theVersionAndTheProcessAreShown() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMeters.addTo(registry, "1.2.0");
        assertThat(registry.scrape())
                .contains(
                        "gearshift_build_info{version=\"1.2.0\"} 1",
                        "jvm_memory_used_bytes{",
                        "jvm_threads_live_threads ",
                        "process_cpu_usage ");
    }
}
