package dev.gearshift.core.story;

import static dev.gearshift.core.story.DemandStoriesTest.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Progress;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.TierName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The mix of tiers changes. */
final class ShiftStoriesTest {

    private static StoryTier l4() {
        return new StoryTier("l4", "0.80", 1);
    }

    private static StoryTier h100() {
        return new StoryTier("h100", "2.00", 4);
    }

    /** Two H100 carry eight times what an L4 carries; at a load of two L4 the cheaper tier is the L4. */
    private static Story downshift() {
        Story story = Story.of(l4(), h100());
        story.chat().demand = steps(0, 6.5, 40, 0.5);
        return story;
    }

    /** While a shift is under way the ready replicas never carry less than they did, as long as that is needed. */
    private static void neverBelowNeed(Story story, double fromMinute) {
        for (Story.Moment moment : story.moments) {
            double offered = moment.offered().getOrDefault(story.chat().key, 0.0);
            double carried = moment.carried().getOrDefault(story.chat().key, 0.0);
            if (Story.minute(moment.time()) >= fromMinute) {
                assertThat(carried)
                        .as(() -> "at minute " + Story.minute(moment.time()) + story.log())
                        .isGreaterThanOrEqualTo(offered);
            }
        }
    }

    @Test
    void aShiftMakesBeforeItBreaksAndFlipsOnce() {
        Story story = downshift();
        story.until(90);
        assertThat(story.serving()).as(story::log).hasToString("l4×1");
        assertThat(story.decisions(40).stream().filter(decision -> decision.because(ReasonKind.SHIFT_COMPLETED)))
                .as(story::log)
                .hasSize(1);
        assertThat(story.decisions(40)).anyMatch(decision -> decision.progress() == Progress.SHIFTING);
        neverBelowNeed(story, 20);
        assertThat(story.chat().violations).as(story::log).isEmpty();
        long flips =
                story.fronts().stream().filter(front -> front.contains("h100")).count();
        assertThat(flips).as(story.fronts() + story.log()).isLessThanOrEqualTo(2);
    }

    @Test
    void aCheaperMixIsShiftedToOnlyWhenItHasBeenCheaperForLongEnough() {
        Story story = Story.of(l4(), h100());
        story.chat().demand = steps(0, 6.5);
        story.at(60, () -> {
            StoryTier cheaper = new StoryTier("l4", "0.10", 1);
            story.tiers.put(cheaper.name(), cheaper);
            story.chat().tiers.set(0, cheaper);
        });
        story.until(100);
        assertThat(story.minuteOf(ReasonKind.CHEAPER_GEAR, 60)).as(story::log).isBetween(62.0, 75.0);
        assertThat(story.serving().on(new TierName("h100"))).as(story::log).isZero();
        neverBelowNeed(story, 30);
    }

    @Test
    void aMixThatIsBrieflyCheaperIsNotShiftedTo() {
        Story story = downshift();
        story.chat().demand = steps(0, 6.5, 40, 0.5, 43, 6.5);
        story.until(80);
        assertThat(story.count(ReasonKind.CHEAPER_GEAR)).as(story::log).isZero();
        assertThat(story.serving().on(new TierName("l4"))).as(story::log).isZero();
    }

    @Test
    void tiersOfTheSameSpeedMixFreely() {
        Story story = Story.of(l4(), new StoryTier("l4-spot", "0.30", 1).limit(2));
        story.chat().demand = steps(0, 3.5);
        story.until(60);
        assertThat(story.serving()).as(story::log).hasToString("l4×2 + l4-spot×2");
        assertThat(story.fronts()).as(story::log).containsExactly("AllTiers[]");
        neverBelowNeed(story, 20);
    }

    @Test
    void aShiftWhoseReplicasDoNotComeKeepsTheOldGear() {
        Story story = downshift();
        story.at(39, () -> story.tier("l4").startUp = Duration.ofHours(3));
        story.until(85);
        assertThat(story.count(ReasonKind.SHIFT_ABORTED)).as(story::log).isEqualTo(1);
        assertThat(story.serving()).as(story::log).hasToString("h100×1");
        neverBelowNeed(story, 20);
    }

    @Test
    void aShiftToASlowButSoundTierSucceedsInTheEnd() {
        Story story = downshift();
        story.at(39, () -> story.tier("l4").startUp = Duration.ofMinutes(11));
        story.until(190);
        assertThat(story.serving()).as(story::log).hasToString("l4×1");
        assertThat(story.count(ReasonKind.SHIFT_ABORTED)).as(story::log).isBetween(1L, 2L);
    }

    @Test
    void aFailingEngineDuringAShiftGoesBackToTheOldGear() {
        Story story = downshift();
        story.at(39, () -> story.tier("l4").engine = StoryTier.Engine.CRASHES);
        story.until(75);
        assertThat(story.decision().because(ReasonKind.ENGINE_FAILING))
                .as(story::log)
                .isTrue();
        assertThat(story.decision().plan().gear()).as(story::log).hasToString("h100×1");
        assertThat(story.serving()).hasToString("h100×1");
        neverBelowNeed(story, 20);
    }

    @Test
    void aRiseDuringADownshiftIsAnsweredByWhatServes() {
        Story story = downshift();
        story.chat().demand = steps(0, 6.5, 40, 0.5, 53, 6.5);
        story.until(90);
        assertThat(story.chat().violations).as(story::log).isEmpty();
        assertThat(story.last().carried().get(story.chat().key))
                .as(story::log)
                .isGreaterThanOrEqualTo(story.last().offered().get(story.chat().key));
    }

    @Test
    void weightedSpreadingLetsUnequalTiersServeTogether() {
        Story story = Story.of(l4(), h100().limit(1));
        story.chat().spreading = dev.gearshift.core.model.Spreading.WEIGHTED;
        story.chat().demand = steps(0, 5.5);
        story.until(60);
        assertThat(story.serving()).as(story::log).hasToString("h100×1 + l4×2");
    }
}
