package dev.gearshift.core.story;

import static dev.gearshift.core.story.DemandStoriesTest.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.TierName;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

/** Engines that do not run. */
final class EngineStoriesTest {

    private static Story cheapAndFast() {
        return Story.of(new StoryTier("l4", "0.80", 1), new StoryTier("h100", "4.00", 4));
    }

    @Test
    void afterThreeRestartsTheNextTierIsUsedAndNoMoreIsOrderedOnTheBrokenOne() {
        Story story = cheapAndFast();
        story.chat().minReplicas = 2;
        story.tier("l4").engine = StoryTier.Engine.CRASHES;
        story.until(20);
        assertThat(story.decision().because(ReasonKind.ENGINE_FAILING))
                .as(story::log)
                .isTrue();
        assertThat(story.serving()).as(story::log).hasToString("h100×2");
        int most = story.decisions(0).stream()
                .map(decision -> decision.plan().gear().on(new TierName("l4")))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(most).as(story::log).isEqualTo(2);
    }

    @Test
    void anEngineThatRunsNowhereIsLeftToTry() {
        Story story = cheapAndFast();
        story.tiers.values().forEach(tier -> tier.engine = StoryTier.Engine.CRASHES);
        story.until(60);
        assertThat(story.decision().because(ReasonKind.ENGINE_FAILING))
                .as(story::log)
                .isTrue();
        assertThat(story.decision().plan().gear().total()).as(story::log).isBetween(1, 2);
    }

    @Test
    void anImageThatCannotBePulledOrdersNothingElsewhere() {
        Story story = cheapAndFast();
        story.tiers.values().forEach(tier -> tier.engine = StoryTier.Engine.IMAGE_MISSING);
        story.until(25);
        assertThat(story.decision().because(ReasonKind.ENGINE_FAILING))
                .as(story::log)
                .isTrue();
        assertThat(story.gears(0)).as(story::log).containsExactly("l4×1");
    }

    @Test
    void aMissingSecretOrdersNothingElsewhereThoughNothingIsEverRestarted() {
        Story story = cheapAndFast();
        story.tiers.values().forEach(tier -> tier.engine = StoryTier.Engine.SECRET_MISSING);
        story.until(25);
        assertThat(story.decision().because(ReasonKind.ENGINE_FAILING))
                .as(story::log)
                .isTrue();
        assertThat(story.gears(0)).as(story::log).containsExactly("l4×1");
    }

    @Test
    void aSecretThatIsCreatedAtLastIsServedAtOnce() {
        Story story = cheapAndFast();
        story.tiers.values().forEach(tier -> tier.engine = StoryTier.Engine.SECRET_MISSING);
        story.at(10, () -> story.tiers.values().forEach(tier -> tier.engine = StoryTier.Engine.RUNS));
        story.until(12);
        assertThat(story.serving()).as(story::log).hasToString("l4×1");
        assertThat(story.decision().because(ReasonKind.ENGINE_FAILING))
                .as(story::log)
                .isFalse();
    }

    @Test
    void aContainerThatCannotBeMadeOnOneTierIsTriedOnTheNext() {
        Story story = cheapAndFast();
        story.tier("l4").engine = StoryTier.Engine.CANNOT_BE_MADE;
        story.until(12);
        assertThat(story.serving()).as(story::log).hasToString("h100×1");
        assertThat(story.minuteOf(ReasonKind.ENGINE_FAILING, 0)).as(story::log).isLessThan(5);
    }

    @Test
    void anImageThatCanBePulledAgainIsServedAtOnce() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 2.5);
        story.at(40, () -> {
            story.tier("l4").engine = StoryTier.Engine.IMAGE_MISSING;
            story.lose(story.anyServing("l4"));
        });
        story.at(50, () -> story.tier("l4").engine = StoryTier.Engine.RUNS);
        story.until(50.5);
        assertThat(story.serving()).as(story::log).hasToString("l4×3");
        assertThat(story.decision().because(ReasonKind.ENGINE_FAILING))
                .as(story::log)
                .isFalse();
    }

    @Test
    void aMissingImageOnOneTierDoesNotCancelWhatStartsOnAnother() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1).limit(2), new StoryTier("l4-spot", "0.30", 1).limit(2));
        story.chat().demand = steps(0, 0.5, 40, 3.5);
        story.at(41, () -> story.tier("l4-spot").engine = StoryTier.Engine.IMAGE_MISSING);
        story.until(50);
        assertThat(story.serving()).as(story::log).hasToString("l4×2 + l4-spot×1");
    }

    @Test
    void aChangedDeclarationIsTriedAtOnce() {
        Story story = cheapAndFast();
        story.tier("l4").engine = StoryTier.Engine.CRASHES;
        story.tier("h100").engine = StoryTier.Engine.CRASHES;
        story.at(20, () -> {
            story.tiers.values().forEach(tier -> tier.engine = StoryTier.Engine.RUNS);
            story.chat().generation++;
            story.chat().pods.forEach(pod -> pod.terminating = true);
            story.chat().replicaSets(Story.BEGIN, story.tiers);
        });
        story.until(26);
        assertThat(story.serving().total()).as(story::log).isGreaterThanOrEqualTo(1);
        assertThat(story.decision().because(ReasonKind.ENGINE_FAILING))
                .as(story::log)
                .isFalse();
    }
}
