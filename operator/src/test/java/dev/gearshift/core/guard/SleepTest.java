package dev.gearshift.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.guard.Sleep.Idle;
import dev.gearshift.core.guard.Sleep.State;
import dev.gearshift.core.model.DeclaredEngine;
import dev.gearshift.core.model.DemandSource;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Knocking;
import dev.gearshift.core.model.Knocking.Silence;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Objectives;
import dev.gearshift.core.model.Precedence;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.ScaleToZero;
import dev.gearshift.core.model.ScalingMode;
import dev.gearshift.core.model.ScalingPolicy;
import dev.gearshift.core.model.Spreading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SleepTest {

    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final Optional<Idle> LONG =
            Optional.of(new Idle(NOW.minus(Duration.ofMinutes(15)), NOW.minusSeconds(15)));
    private static final Optional<Idle> SHORT =
            Optional.of(new Idle(NOW.minus(Duration.ofMinutes(14)), NOW.minusSeconds(15)));

    private static ModelState model(OptionalInt pinned, Freshness freshness, Knocking knocking) {
        ScaleToZero policy = new ScaleToZero(new DemandSource.Gateway(), Duration.ofMinutes(15));
        ModelSpec spec = new ModelSpec(
                new ModelKey("team", "chat"),
                1,
                List.of(),
                new Objectives(List.of(), Duration.ofHours(24), Optional.empty(), Precedence.LATENCY),
                new ScalingPolicy(ScalingMode.AUTO, 0, 5, pinned, Duration.ZERO, Optional.of(policy)),
                Duration.ZERO,
                Spreading.EVEN,
                DeclaredEngine.VLLM,
                new TreeSet<>());
        return new ModelState(
                spec,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                new ModelObservation(freshness, Optional.empty(), List.of(), new TreeMap<>(), knocking));
    }

    private static Knocking knocking(@Nullable String told) {
        return told == null
                ? new Knocking.Unheard(Silence.UNSEEN, "")
                : new Knocking.Heard(new RequestRate(Double.parseDouble(told)));
    }

    @ParameterizedTest
    @CsvSource({
        // has none, idle for long, freshness, knocking -> state, since when
        "false, true, FRESH, 0, FALLING_ASLEEP, kept",
        "false, false, FRESH, 0, AWAKE, kept",
        "false, true, FRESH, 0.001, AWAKE, none",
        "false, true, FRESH, , AWAKE, kept",
        "false, true, STALE, 0, AWAKE, kept",
        "false, true, ABSENT, 0, AWAKE, kept",
        "true, true, ABSENT, 0, ASLEEP, none",
        "true, false, ABSENT, 0, ASLEEP, none",
        "true, true, ABSENT, , ASLEEP, none",
        "true, true, ABSENT, 0.001, WAKING, none",
    })
    void sleepFollowsWhatIsKnown(
            boolean hasNone, boolean isLong, Freshness freshness, @Nullable String told, State state, String since) {
        Optional<Idle> before = isLong ? LONG : SHORT;
        Sleep sleep = Sleep.of(model(OptionalInt.empty(), freshness, knocking(told)), before, hasNone, NOW);
        assertThat(sleep.state()).isEqualTo(state);
        assertThat(sleep.idle().map(Idle::since))
                .isEqualTo(since.equals("kept") ? before.map(Idle::since) : Optional.empty());
        assertThat(sleep.complaint().map(Reason::kind))
                .isEqualTo(told == null ? Optional.of(ReasonKind.DEMAND_UNSEEN) : Optional.empty());
    }

    @Test
    void afterALongSilenceIdlenessBeginsAnew() {
        Idle old = new Idle(NOW.minus(Duration.ofHours(1)), NOW.minus(Sleep.GAP).minusSeconds(1));
        Sleep sleep =
                Sleep.of(model(OptionalInt.empty(), Freshness.FRESH, knocking("0")), Optional.of(old), false, NOW);
        assertThat(sleep.idle()).contains(new Idle(NOW, NOW));
        assertThat(sleep.state()).isEqualTo(State.AWAKE);
    }

    @Test
    void aPinnedModelAndOneWithoutPrometheusNeverSleep() {
        assertThat(Sleep.of(model(OptionalInt.of(2), Freshness.FRESH, knocking("0")), LONG, true, NOW)
                        .state())
                .isEqualTo(State.AWAKE);
        Knocking nobody = new Knocking.Unheard(Silence.NO_PROMETHEUS, "");
        Sleep sleep = Sleep.of(model(OptionalInt.empty(), Freshness.FRESH, nobody), LONG, true, NOW);
        assertThat(sleep.state()).isEqualTo(State.AWAKE);
        assertThat(sleep.complaint().map(Reason::kind)).contains(ReasonKind.DEMAND_NEEDS_PROMETHEUS);
    }
}
