package dev.gearshift.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.telemetry.HealthChecks.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HealthChecksTest {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private Instant clock = START;
    private Optional<Instant> planned = Optional.empty();
    private boolean leads = true;

    @ParameterizedTest(name = "planning every {0}, {1} after start, last planned {2} after start: {3}")
    @CsvSource({
        "PT15S, PT2M,     ,        true",
        "PT15S, PT2M1S,   ,        false",
        "PT15S, PT1H,     PT58M,   true",
        "PT15S, PT1H,     PT57M59S, false",
        "PT1M,  PT5M,     ,        true",
        "PT1M,  PT5M1S,   ,        false",
        "PT1M,  PT1H,     PT55M,   true",
        "PT1M,  PT1H,     PT54M59S, false",
    })
    void aLeaderLivesWhileItPlans(Duration interval, Duration age, Duration plannedAt, boolean alive) {
        HealthChecks checks = checks(interval);
        planned = Optional.ofNullable(plannedAt).map(START::plus);
        clock = START.plus(age);

        assertThat(checks.liveness().ok()).isEqualTo(alive);
    }

    @Test
    void whoDoesNotLeadOwesNoPlan() {
        HealthChecks checks = checks(Duration.ofSeconds(15));
        leads = false;
        clock = START.plus(Duration.ofHours(9));

        assertThat(checks.liveness()).isEqualTo(Health.good("alive, does not lead"));
    }

    @Test
    void aNewLeaderHasTheTimeForItsFirstPlan() {
        HealthChecks checks = checks(Duration.ofSeconds(15));
        leads = false;
        Instant elected = START.plus(Duration.ofHours(9));
        clock = elected;
        assertThat(checks.liveness().ok()).isTrue();

        leads = true;
        clock = elected.plus(Duration.ofMinutes(2));
        assertThat(checks.liveness()).isEqualTo(Health.good("alive, leads"));

        clock = elected.plus(Duration.ofMinutes(3));
        assertThat(checks.liveness()).isEqualTo(Health.bad("no plan for 3m"));

        planned = Optional.of(clock);
        assertThat(checks.liveness().ok()).isTrue();
    }

    @Test
    void readinessWaitsForEveryConditionAndNamesWhatIsMissing() {
        AtomicBoolean caches = new AtomicBoolean();
        AtomicBoolean started = new AtomicBoolean();
        HealthChecks checks = new HealthChecks(
                Duration.ofSeconds(15),
                () -> planned,
                () -> leads,
                List.of(new Condition("the caches", caches::get), new Condition("the start", started::get)),
                () -> clock);
        assertThat(checks.readiness()).isEqualTo(Health.bad("waits for the caches, the start"));

        caches.set(true);
        assertThat(checks.readiness()).isEqualTo(Health.bad("waits for the start"));

        started.set(true);
        assertThat(checks.readiness()).isEqualTo(Health.good("ready"));

        caches.set(false);
        assertThat(checks.readiness().ok()).isFalse();
    }

    private HealthChecks checks(Duration interval) {
        return new HealthChecks(interval, () -> planned, () -> leads, List.of(), () -> clock);
    }
}
