package dev.gearshift.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimedTickerTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final MockClock clock = new MockClock();
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);
    private final HandTicker hand = new HandTicker();
    private final TimedTicker ticker = new TimedTicker(hand, registry);

    @Test
    void everyRunIsTimedUnderTheNameOfItsTask() {
        ticker.every("planning", INTERVAL, now -> clock.add(Duration.ofMillis(300)));
        hand.tick(NOW);
        hand.tick(NOW.plus(INTERVAL));

        assertThat(registry.scrape().lines())
                .contains(
                        "gearshift_planning_duration_seconds_count 2",
                        "gearshift_planning_duration_seconds_sum 0.6",
                        "gearshift_planning_duration_seconds_bucket{le=\"0.25\"} 0",
                        "gearshift_planning_duration_seconds_bucket{le=\"0.5\"} 2",
                        "gearshift_task_failures_total{task=\"planning\"} 0.0");
    }

    @Test
    void theTaskIsToldTheTimeOfTheTickerBehind() {
        List<Instant> told = new ArrayList<>();
        ticker.every("planning", INTERVAL, told::add);
        hand.tick(NOW);

        assertThat(told).containsExactly(NOW);
    }

    @Test
    void aRunThatThrowsIsTimedAndCountedAndItsErrorGoesOn() {
        ticker.every("planning", INTERVAL, now -> {
            throw new IllegalStateException("no plan");
        });

        assertThatThrownBy(() -> hand.tick(NOW)).hasMessage("no plan");

        assertThat(registry.scrape().lines())
                .contains(
                        "gearshift_planning_duration_seconds_count 1",
                        "gearshift_task_failures_total{task=\"planning\"} 1.0");
        assertThat(ticker.lastEndedWell("planning")).isEmpty();
    }

    @Test
    void itIsRememberedWhenATaskLastEndedWell() {
        List<String> faults = new ArrayList<>();
        ticker.every("planning", INTERVAL, now -> {
            clock.add(Duration.ofSeconds(2));
            faults.forEach(fault -> {
                throw new IllegalStateException(fault);
            });
        });
        assertThat(ticker.lastEndedWell("planning")).isEmpty();

        hand.tick(NOW);
        assertThat(ticker.lastEndedWell("planning")).contains(NOW.plusSeconds(2));
        assertThat(ticker.lastEndedWell("scrape")).isEmpty();

        faults.add("broken");
        assertThatThrownBy(() -> hand.tick(NOW.plus(INTERVAL))).hasMessage("broken");
        assertThat(ticker.lastEndedWell("planning")).contains(NOW.plusSeconds(2));

        faults.clear();
        hand.tick(NOW.plusSeconds(30));
        assertThat(ticker.lastEndedWell("planning")).contains(NOW.plusSeconds(32));
    }
}
