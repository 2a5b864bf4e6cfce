package dev.gearshift.core.story;

import static dev.gearshift.core.story.DemandStoriesTest.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Progress;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReasonText;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One model's planning fails: the others do not notice. */
final class FailedPlanStoriesTest {

    /** No instant is that far away, so the planner's arithmetic throws. */
    private static final Duration POISON = Duration.ofSeconds(Long.MAX_VALUE);

    private static Story poisonedFrom(double minute, double untilMinute) {
        StoryTier l4 = new StoryTier("l4", "0.80", 1);
        Story story = Story.of(l4);
        story.models.add(new StoryModel("assistants", "code", List.of(l4)));
        story.chat().demand = steps(0, 2.5);
        story.models.get(1).demand = steps(0, 0.5, 45, 2.5);
        return story.at(minute, () -> story.chat().stabilization = POISON)
                .at(untilMinute, () -> story.chat().stabilization = Duration.ZERO);
    }

    @Test
    void itKeepsWhatIsOrderedAndOthersGoOn() {
        Story story = poisonedFrom(40, 60);
        story.until(40);
        String before = story.decision().plan().gear().toString();
        story.at(50, () -> story.lose(story.anyServing("l4"))).until(60);

        Decision chat = story.decision();
        assertThat(chat.reasons()).as(story::log).singleElement().satisfies(reason -> {
            assertThat(reason.kind()).isEqualTo(ReasonKind.PLANNING_FAILED);
            assertThat(ReasonText.of(reason))
                    .startsWith("planning failed, what is ordered is kept: ArithmeticException: ");
        });
        assertThat(chat.progress()).isEqualTo(Progress.HELD);
        assertThat(story.gears(40)).containsExactly(before);
        assertThat(story.serving()).as("a lost replica comes back").hasToString(before);
        assertThat(chat.demand().observed().perSecond()).isPositive();
        assertThat(chat.tiers()).singleElement().satisfies(tier -> {
            assertThat(tier.desired()).isEqualTo(chat.plan().gear().total());
            assertThat(tier.ready()).isEqualTo(tier.desired());
        });
        Decision code = story.last().decision(story.models.get(1).key);
        assertThat(code.plan().gear().total()).as(story::log).isGreaterThanOrEqualTo(3);
        assertThat(code.because(ReasonKind.PLANNING_FAILED)).isFalse();
        assertThat(story.last().outcome().failures()).containsOnlyKeys(story.chat().key);
    }

    @Test
    void whatWasRememberedIsKeptAndPlanningGoesOnAfterwards() {
        Story story = poisonedFrom(40, 60);
        story.until(59);
        Story.Moment moment = story.last();
        assertThat(moment.outcome().memory().models().get(story.chat().key))
                .isEqualTo(moment.before().models().get(story.chat().key));
        story.until(61);
        assertThat(story.last().outcome().failures()).as(story::log).isEmpty();
        assertThat(story.decision().because(ReasonKind.PLANNING_FAILED)).isFalse();
    }

    @Test
    void whoDrainsGoesOnDraining() {
        Story story = poisonedFrom(49, 80);
        story.chat().demand = steps(0, 2.5, 30, 0.2);
        story.chat().requestsTake = Duration.ofHours(9);
        story.chat().grace = Duration.ofHours(1);
        story.until(49);
        assertThat(story.decision().plan().draining()).as(story::log).isNotEmpty();
        var draining = story.decision().plan().draining();
        story.until(70);
        assertThat(story.decision().because(ReasonKind.PLANNING_FAILED)).isTrue();
        assertThat(story.decision().plan().draining()).isEqualTo(draining);
        assertThat(story.chat().violations).isEmpty();
    }
}
