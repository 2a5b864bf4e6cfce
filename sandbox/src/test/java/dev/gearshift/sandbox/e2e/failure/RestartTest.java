package dev.gearshift.sandbox.e2e.failure;

import static dev.gearshift.sandbox.e2e.failure.Trouble.minute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.ReasonKind;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The operator is restarted in mid-flight and remembers nothing. */
class RestartTest {

    private static final double DOWN = 0.5;

    /** Plays a story with and without a restart once it has got to a point. */
    private static void restarted(
            Consumer<Trouble> setting, Consumer<Trouble> point, double end, Consumer<Trouble> then) {
        Map<String, Integer> undisturbed;
        try (Trouble story = new Trouble("l4-spot", "l4")) {
            setting.accept(story);
            point.accept(story);
            story.until(end);
            undisturbed = story.serving();
            assertThat(story.failed()).as(story::log).isZero();
        }
        try (Trouble story = new Trouble("l4-spot", "l4")) {
            setting.accept(story);
            point.accept(story);
            then.accept(story);
            restart(story);
            story.until(end);
            assertThat(story.serving()).as(story::log).isEqualTo(undisturbed);
            assertThat(story.failed()).as(story::log).isZero();
        }
    }

    /** Stops the operator and starts another; until that one decides, everything stays as it is. */
    private static void restart(Trouble story) {
        Map<String, Integer> ordered = story.ordered();
        List<String> pods = story.pods(any -> true);
        List<String> serving = names(story);
        story.sandbox.stopOperator();
        double stopped = story.minutes();
        story.until(stopped + DOWN);
        assertThat(story.ordered()).as(story::log).isEqualTo(ordered);
        story.startOperator();
        do {
            assertThat(story.ordered()).as(story::log).isEqualTo(ordered);
            assertThat(story.pods(any -> true)).as(story::log).isEqualTo(pods);
            assertThat(names(story)).as(story::log).containsAll(serving);
            story.until(story.minutes() + 1.0 / 12);
        } while (story.decisions(stopped + 0.01).isEmpty());
        // The first plan carries on: it gives up nothing that serves, and orders nothing that is not on its way.
        assertThat(story.ordered()).as(story::log).isEqualTo(ordered);
        assertThat(names(story)).as(story::log).containsAll(serving);
    }

    private static List<String> names(Trouble story) {
        return story.endpoints().stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    @Test
    void whileReplicasAreOnTheirWay() {
        restarted(
                story -> story.requests(1, 4, 24).requests(4.5, 10, 24).declare(),
                story -> story.until(8).untilDecided(ReasonKind.DEMAND_ROSE, 14).until(story.minutes() + 0.5),
                20,
                story -> assertThat(story.endpoints()).hasSize(1));
    }

    @Test
    void whileAReplicaFinishesItsRequests() {
        restarted(
                story -> story.requests(0.5, 4, 12, 1500)
                        .requests(0.15, 12, 28, 1500)
                        .declare(),
                story -> story.until(11.5).untilDecided(ReasonKind.DRAINING, 26).until(story.minutes() + 0.25),
                26,
                story -> assertThat(story.pods(any -> true).size())
                        .isGreaterThan(story.endpoints().size()));
    }

    @Test
    void whileReplicasShiftToAnotherTier() {
        restarted(
                story -> story.requests(5, 4, 36).declare("v1", "10m", List.of("l4")),
                story -> story.until(14)
                        .declare()
                        .untilDecided(ReasonKind.SHIFT_WAITING, 24)
                        .until(story.minutes() + 1),
                35,
                story -> assertThat(story.ordered()).containsOnlyKeys("l4", "l4-spot"));
    }

    @Test
    void atRest() {
        restarted(
                story -> story.requests(4, 4, 26).declare(),
                story -> story.until(16),
                25,
                story -> assertThat(story.endpoints()).hasSize(2));
    }

    @Test
    void whileATierIsOutOfStock() {
        restarted(
                story -> {
                    story.disturbances().stockOut(minute(8), minute(60), "l4-spot");
                    story.requests(1, 4, 30).requests(4, 10, 30).declare();
                },
                story -> story.until(9).untilDecided(ReasonKind.STOCK_OUT, 14).until(story.minutes() + 0.5),
                28,
                story -> assertThat(story.ordered()).containsKey("l4"));
    }
}
