package dev.gearshift.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.DeclaredEngine;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Objectives;
import dev.gearshift.core.model.Precedence;
import dev.gearshift.core.model.ReplicaPhase;
import dev.gearshift.core.model.ReplicaState;
import dev.gearshift.core.model.ScalingMode;
import dev.gearshift.core.model.ScalingPolicy;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.ClusterView;
import dev.gearshift.loop.MemoryStore;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.loop.PlanningLoop;
import dev.gearshift.telemetry.HealthChecks.Condition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HealthChecksTest {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private static final ModelState SILENT = new ModelState(
            new ModelSpec(
                    new ModelKey("team", "chat"),
                    1,
                    List.of(),
                    new Objectives(List.of(), Duration.ofHours(24), Optional.empty(), Precedence.LATENCY),
                    new ScalingPolicy(ScalingMode.AUTO, 1, 20, OptionalInt.empty(), Duration.ZERO),
                    Duration.ofMinutes(10),
                    Spreading.EVEN,
                    DeclaredEngine.VLLM,
                    new TreeSet<>()),
            Optional.empty(),
            Optional.empty(),
            List.of(new ReplicaState(
                    "chat-l4-001",
                    new TierName("l4"),
                    ReplicaPhase.READY,
                    START,
                    Optional.of(START),
                    Optional.of(START),
                    Optional.of("node-1"),
                    true,
                    false,
                    Optional.empty())),
            List.of(),
            new TreeMap<>(),
            ModelObservation.ABSENT);

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

    @Test
    void whatIsBrokenForLongerThanPatienceEndsTheProcessWhoeverLeads() {
        AtomicBoolean caches = new AtomicBoolean(true);
        HealthChecks checks = checks(caches);
        leads = false;
        assertThat(checks.liveness().ok()).isTrue();

        caches.set(false);
        clock = START.plus(Duration.ofHours(1));
        assertThat(checks.liveness().ok()).as("it broke just now").isTrue();
        assertThat(checks.readiness().ok()).isFalse();

        clock = clock.plus(HealthChecks.BROKEN_PATIENCE);
        assertThat(checks.liveness().ok()).isTrue();

        clock = clock.plusSeconds(60);
        assertThat(checks.liveness()).isEqualTo(Health.bad("the caches not in order for 6m"));
    }

    @Test
    void anApiServerThatIsAwayNowAndThenIsNoReason() {
        AtomicBoolean caches = new AtomicBoolean(true);
        HealthChecks checks = checks(caches);
        leads = false;
        for (int i = 0; i < 20; i++) {
            caches.set(false);
            clock = clock.plusSeconds(10);
            assertThat(checks.liveness().ok()).isTrue();
            clock = clock.plus(Duration.ofMinutes(4));
            assertThat(checks.liveness().ok()).isTrue();
            caches.set(true);
            clock = clock.plusSeconds(10);
            assertThat(checks.liveness().ok()).isTrue();
        }
    }

    @Test
    void metricsThatAreMissingForHoursAreNoReason() {
        HandTicker hand = new HandTicker();
        TimedTicker ticker = new TimedTicker(hand, new SimpleMeterRegistry());
        MetricsSource silent = (targets, now) -> new TreeMap<>();
        PlanningLoop loop = new PlanningLoop(
                () -> new ClusterView.Fleet(List.of(), List.of(SILENT), new TreeMap<>()),
                silent,
                (tiers, now) -> new TreeMap<>(),
                MemoryStore.NONE,
                List.of((outcome, now) -> assertThat(outcome.decisions())
                        .singleElement()
                        .satisfies(decision -> assertThat(decision.freshness()).isEqualTo(Freshness.ABSENT))));
        ticker.every("planning", Duration.ofSeconds(15), loop::plan);
        HealthChecks checks = new HealthChecks(
                Duration.ofSeconds(15), () -> ticker.lastEndedWell("planning"), () -> true, List.of(), () -> clock);
        for (int i = 0; i < 240; i++) {
            clock = clock.plusSeconds(60);
            hand.tick(clock);
            assertThat(checks.liveness().ok()).isTrue();
        }
    }

    private HealthChecks checks(AtomicBoolean caches) {
        return new HealthChecks(
                Duration.ofSeconds(15),
                () -> planned,
                () -> leads,
                List.of(new Condition("the caches", caches::get)),
                () -> clock);
    }

    private HealthChecks checks(Duration interval) {
        return new HealthChecks(interval, () -> planned, () -> leads, List.of(), () -> clock);
    }
}
