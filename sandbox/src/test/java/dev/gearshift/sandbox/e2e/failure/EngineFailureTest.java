package dev.gearshift.sandbox.e2e.failure;

import static dev.gearshift.sandbox.e2e.failure.Trouble.minute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.TierName;
import dev.gearshift.sandbox.cluster.Fault;
import dev.gearshift.sandbox.cluster.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Engines that do not run. */
class EngineFailureTest {

    private static final Fault.Crash CRASH =
            Fault.Crash.error(1, "CUDA error: no kernel image is available", Duration.ofSeconds(5));

    private static int mostOrdered(Trouble story, String tier, double fromMinute) {
        return story.decisions(fromMinute).stream()
                .mapToInt(decision -> decision.plan().gear().on(new TierName(tier)))
                .max()
                .orElseThrow();
    }

    @Test
    void anEngineThatCrashesIsToldInFullAndItsReplicaIsOrderedElsewhere() {
        try (Trouble story = new Trouble("l4-spot", "l4")) {
            story.disturbances().fault(minute(0), minute(60), Pods.ofTier("l4-spot"), CRASH);
            story.declare().untilDecided(ReasonKind.ENGINE_FAILING, 6);
            assertThat(story.condition("Ready")).as(story::log).satisfies(ready -> {
                assertThat(ready.getStatus()).isEqualTo("False");
                assertThat(ready.getReason()).isEqualTo("EngineFailing");
                assertThat(ready.getMessage())
                        .contains("the engine fails on l4-spot: container engine ended with code 1 (Error), restarted 3"
                                + " times: CUDA error: no kernel image is available");
            });
            double found = story.minutes();
            story.until(12);
            assertThat(story.serving()).as(story::log).isEqualTo(Map.of("l4", 1));
            assertThat(mostOrdered(story, "l4-spot", 0)).as(story::log).isEqualTo(1);
            assertThat(mostOrdered(story, "l4-spot", found)).as(story::log).isZero();
            assertThat(story.condition("Ready"))
                    .as(story::log)
                    .returns("True", condition -> condition.getStatus())
                    .returns("EngineFailing", condition -> condition.getReason());
        }
    }

    @Test
    void anEngineKilledOutOfMemoryIsToldSoAndItsReplicaIsOrderedElsewhere() {
        try (Trouble story = new Trouble("l4-spot", "l4")) {
            story.disturbances()
                    .fault(
                            minute(0),
                            minute(60),
                            Pods.ofTier("l4-spot"),
                            Fault.Crash.outOfMemory(Duration.ofSeconds(20)));
            story.declare().untilDecided(ReasonKind.ENGINE_FAILING, 8);
            assertThat(story.condition("Ready").getMessage())
                    .as(story::log)
                    .contains("container engine ended with code 137 (OOMKilled), restarted 3 times");
            story.until(12);
            assertThat(story.serving()).as(story::log).isEqualTo(Map.of("l4", 1));
        }
    }

    @Test
    void anImageThatCannotBePulledIsToldAtOnceAndOrdersNothingElsewhere() {
        try (Trouble story = new Trouble("l4-spot", "l4")) {
            story.disturbances()
                    .fault(
                            minute(0),
                            minute(60),
                            Pods.withImage("example.com/engine:v9"),
                            new Fault.ImagePull("manifest for example.com/engine:v9 not found"));
            story.declare("v9", "10m", List.of("l4-spot", "l4")).untilDecided(ReasonKind.ENGINE_FAILING, 5);
            assertThat(story.condition("Ready")).as(story::log).satisfies(ready -> {
                assertThat(ready.getReason()).isEqualTo("EngineFailing");
                assertThat(ready.getMessage())
                        .contains(
                                "container engine does not start (",
                                "manifest for example.com/engine:v9" + " not found");
            });
            story.until(15);
            assertThat(story.ordered()).as(story::log).isEqualTo(Map.of("l4-spot", 1));
            assertThat(mostOrdered(story, "l4-spot", 0)).as(story::log).isEqualTo(1);
            assertThat(mostOrdered(story, "l4", 0)).as(story::log).isZero();

            story.declare("v10", "10m", List.of("l4-spot", "l4")).until(19);
            assertThat(story.serving()).as(story::log).isEqualTo(Map.of("l4-spot", 1));
            assertThat(story.condition("Ready").getReason()).isEqualTo("Ready");
        }
    }

    @Test
    void aShiftToATierWhereTheEngineFailsGoesBackAndLosesNothing() {
        try (Trouble story = new Trouble("l4-spot", "l4")) {
            story.disturbances().fault(minute(0), minute(60), Pods.ofTier("l4-spot"), CRASH);
            story.requests(4, 4, 35).declare("v1", "10m", List.of("l4")).until(16);
            Map<String, Integer> before = story.serving();
            assertThat(before.get("l4")).as(story::log).isGreaterThanOrEqualTo(2);
            story.always(() -> assertThat(story.serving().getOrDefault("l4", 0))
                    .as(story::log)
                    .isGreaterThanOrEqualTo(2));
            story.declare().until(30);
            assertThat(story.minuteOf(ReasonKind.SHIFT_WAITING, 16))
                    .as(story::log)
                    .isLessThan(25);
            assertThat(story.minuteOf(ReasonKind.ENGINE_FAILING, 16))
                    .as(story::log)
                    .isLessThan(28);
            assertThat(story.pods(Pods.ofTier("l4-spot"))).as(story::log).isEmpty();
            assertThat(story.serving()).as(story::log).containsOnlyKeys("l4");
            assertThat(story.failed()).as(story::log).isZero();
        }
    }

    @Test
    void anotherDeclarationIsTriedAtOnceWhereTheLastOneFailed() {
        try (Trouble story = new Trouble("l4-spot", "l4")) {
            story.disturbances().fault(minute(0), minute(10), Pods.ofTier("l4-spot"), CRASH);
            story.declare().until(10);
            assertThat(story.serving()).as(story::log).isEqualTo(Map.of("l4", 1));
            story.declare("v2", "10m", List.of("l4-spot", "l4")).until(24);
            assertThat(story.serving()).as(story::log).isEqualTo(Map.of("l4-spot", 1));
            assertThat(story.condition("Ready").getReason()).isEqualTo("Ready");
        }
    }

    @Test
    void whatFailedIsTriedAgainAfterHalfAnHour() {
        try (Trouble story = new Trouble("l4-spot", "l4")) {
            story.disturbances().fault(minute(0), minute(10), Pods.ofTier("l4-spot"), CRASH);
            story.declare().until(33);
            assertThat(story.serving()).as(story::log).isEqualTo(Map.of("l4", 1));
            story.until(48);
            assertThat(story.serving()).as(story::log).isEqualTo(Map.of("l4-spot", 1));
        }
    }

    @Test
    void anEngineThatCrashesOnceComesBackByItselfAndNothingIsOrdered() {
        try (Trouble story = new Trouble("l4-spot", "l4")) {
            story.disturbances().crash(minute(15), Pods.ofTier("l4-spot"), Fault.Crash.outOfMemory(Duration.ZERO));
            story.requests(1, 4, 24).declare().until(14.9);
            Map<String, Integer> before = story.serving();
            List<String> pods = story.pods(any -> true);
            story.always(() -> assertThat(story.ordered()).as(story::log).isEqualTo(before))
                    .until(15.2);
            assertThat(story.serving()).as(story::log).isEmpty();
            story.until(17);
            assertThat(story.serving()).as(story::log).isEqualTo(before);
            story.until(24);
            assertThat(story.pods(any -> true)).as(story::log).isEqualTo(pods);
        }
    }
}
