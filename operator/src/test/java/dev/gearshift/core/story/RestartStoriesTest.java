package dev.gearshift.core.story;

import static dev.gearshift.core.story.DemandStoriesTest.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.Autoscaler;
import dev.gearshift.core.FleetMemory;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.Plan;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The operator restarts and remembers nothing. */
final class RestartStoriesTest {

    private static Story eventful() {
        Story story = Story.of(
                new StoryTier("l4-spot", "0.30", 1), new StoryTier("l4", "0.80", 1), new StoryTier("h100", "2.00", 4));
        story.chat().demand = steps(0, 2.5, 30, 6.5, 60, 0.6, 100, 3);
        story.chat().requestsTake = java.time.Duration.ofMinutes(2);
        story.at(35, () -> story.tier("l4-spot").stock = StoryTier.Stock.REFUSED);
        story.at(40, () -> story.lose(story.anyServing("l4-spot")));
        story.at(70, () -> story.tier("l4-spot").stock = StoryTier.Stock.AVAILABLE);
        story.at(110, () -> story.chat().metrics = Freshness.ABSENT);
        story.at(115, () -> story.chat().metrics = Freshness.FRESH);
        return story.until(125);
    }

    @Test
    void aRestartAtAnyMomentChangesNothingThatThePlanDidNotChange() {
        Story story = eventful();
        for (Story.Moment moment : story.moments) {
            Plan remembered = moment.decision(story.chat().key).plan();
            Plan forgotten = new Autoscaler()
                    .decide(moment.snapshot(), FleetMemory.EMPTY)
                    .decisions()
                    .get(0)
                    .plan();
            var model = moment.snapshot().models().get(0);
            boolean queues = model.observation().tiers().stream().anyMatch(load -> load.waiting() > 0);
            boolean rises =
                    remembered.gear().total() > model.ordered().map(Gear::total).orElse(0);
            if (rises || queues) {
                continue;
            }
            Supplier<String> when = () -> "at minute " + Story.minute(moment.time()) + " ordered " + model.ordered()
                    + "\n" + forgotten + "\nnot\n" + remembered + story.log();
            model.ordered()
                    .ifPresent(ordered -> forgotten
                            .gear()
                            .replicas()
                            .forEach((tier, count) -> assertThat(count)
                                    .as(when)
                                    .isLessThanOrEqualTo(Math.max(
                                            ordered.on(tier), remembered.gear().on(tier)))));
            model.ordered()
                    .ifPresent(ordered -> ordered.replicas()
                            .forEach(
                                    (tier, count) -> assertThat(forgotten.gear().on(tier))
                                            .as(when)
                                            .isGreaterThanOrEqualTo(Math.min(
                                                    count, remembered.gear().on(tier)))));
            model.replicas().stream()
                    .filter(replica -> replica.isReady() && !replica.serving())
                    .forEach(replica -> assertThat(forgotten.draining().contains(replica.name())
                                    || forgotten.drained().contains(replica.name())
                                    || !remembered.draining().contains(replica.name()))
                            .as(when)
                            .isTrue());
        }
    }

    @Test
    void restartsOneAfterTheOtherKillNothingThatServes() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1), new StoryTier("h100", "2.00", 4));
        story.chat().demand = steps(0, 6.5, 40, 0.5);
        for (int minute = 1; minute < 200; minute++) {
            if (minute % 7 == 0) {
                story.forget();
            }
            story.until(minute);
        }
        assertThat(story.chat().violations).as(story::log).isEmpty();
        for (Story.Moment moment : story.moments) {
            if (Story.minute(moment.time()) > 20) {
                assertThat(moment.carried().get(story.chat().key))
                        .as(story::log)
                        .isGreaterThanOrEqualTo(moment.offered().get(story.chat().key));
            }
        }
    }

    @Test
    void aRestartWithNothingReadyKeepsWhatIsStarting() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1));
        story.chat().minReplicas = 4;
        story.at(1, () -> {
            story.chat().minReplicas = 1;
            story.forget();
        });
        story.until(2);
        assertThat(story.decision().plan().gear()).as(story::log).hasToString("l4×4");
    }
}
