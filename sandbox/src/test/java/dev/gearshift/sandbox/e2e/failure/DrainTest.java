package dev.gearshift.sandbox.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.simulate.FailureCause;
import io.fabric8.kubernetes.api.model.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Replicas that are not needed any more finish what they do. */
class DrainTest {

    /** An answer that takes minutes. */
    private static final int LONG = 3000;

    /** Two replicas are needed for a while, then few long requests come in until a replica is taken out of service. */
    private static Trouble draining(String grace, double longUntil, double again) {
        Trouble story = new Trouble("l4");
        story.requests(4, 4, 12).requests(0.1, 17.2, longUntil, LONG).requests(6, again, 30);
        story.declare("v1", grace, List.of("l4")).until(17);
        assertThat(story.endpoints()).as(story::log).hasSize(2);
        return story;
    }

    @Test
    void nothingIsLostAndAReplicaIsOutOfTheServiceBeforeItsDeploymentShrinks() {
        try (Trouble story = draining("10m", 24, 30)) {
            List<Map<String, Integer>> looks = new ArrayList<>();
            story.always(() -> looks.add(Map.of(
                            "ordered", story.ordered().getOrDefault("l4", 0),
                            "serving", story.endpoints().size())))
                    .untilDecided(ReasonKind.DRAINED, 28)
                    .until(29);
            double began = story.minuteOf(ReasonKind.DRAINING, 17);
            assertThat(story.minuteOf(ReasonKind.DRAINED, 17) - began)
                    .as(story::log)
                    .isGreaterThan(1);
            assertThat(looks.stream().distinct())
                    .as(story::log)
                    .containsExactly(
                            Map.of("ordered", 2, "serving", 2),
                            Map.of("ordered", 2, "serving", 1),
                            Map.of("ordered", 1, "serving", 1));
            assertThat(story.failed()).as(story::log).isZero();
            assertThat(story.unfinished()).as(story::log).isZero();
        }
    }

    @Test
    void aReplicaThatIsCalledBackServesAgain() {
        try (Trouble story = draining("10m", 24, 17.6)) {
            story.untilDecided(ReasonKind.DRAINING, 17.6);
            assertThat(story.endpoints()).as(story::log).hasSize(1);
            List<String> pods = story.pods(any -> true);
            assertThat(pods).as(story::log).hasSize(2);
            story.until(20);
            assertThat(story.endpoints()).as(story::log).hasSizeGreaterThanOrEqualTo(2);
            assertThat(story.pods(any -> true)).as(story::log).containsAll(pods);
            assertThat(story.minuteOf(ReasonKind.DRAINED, 17)).as(story::log).isInfinite();
            assertThat(story.failed()).as(story::log).isZero();
        }
    }

    @Test
    void aGracePeriodThatEndsIsToldAndCutsOffOnlyWhatRunsTooLong() {
        try (Trouble story = draining("1m", 24, 30)) {
            story.untilDecided(ReasonKind.DRAIN_EXPIRED, 24);
            double began = story.minuteOf(ReasonKind.DRAINING, 17);
            assertThat(story.minuteOf(ReasonKind.DRAIN_EXPIRED, 17) - began)
                    .as(story::log)
                    .isBetween(1.0, 1.3);
            story.until(28);
            assertThat(story.world.cluster().list(Event.class)).as(story::log).anySatisfy(event -> {
                assertThat(event.getReason()).isEqualTo("DrainExpired");
                assertThat(event.getMessage()).contains("goes after 60s with", "unfinished");
            });
            assertThat(story.endpoints()).as(story::log).hasSize(1);
            assertThat(story.failedByCause().keySet()).as(story::log).isSubsetOf(FailureCause.GRACE_PERIOD_OVER);
        }
    }
}
