package dev.gearshift.core.story;

import static dev.gearshift.core.story.DemandStoriesTest.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Precedence;
import dev.gearshift.core.model.Progress;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ScalingMode;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.TierName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Bounds, caps, modes and other hands on the wheel. */
final class BoundsStoriesTest {

    private static Story cheapAndFast() {
        return Story.of(new StoryTier("l4", "0.80", 1), new StoryTier("h100", "4.00", 4));
    }

    @Test
    void noMoreThanMaxReplicas() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1));
        story.chat().maxReplicas = 2;
        story.chat().demand = steps(0, 4);
        story.until(30);
        assertThat(story.serving()).as(story::log).hasToString("l4×2");
        assertThat(story.decision().because(ReasonKind.AT_MAX_REPLICAS))
                .as(story::log)
                .isTrue();
    }

    @Test
    void aTierLimitIsSharedByTwoModels() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1).limit(5));
        StoryModel other = new StoryModel("assistants", "embed", List.copyOf(story.tiers.values()));
        story.models.add(other);
        story.chat().demand = steps(0, 3.5);
        other.demand = steps(0, 3.5);
        for (int tick = 0; tick < 240; tick++) {
            story.until(tick / 4.0);
            long pods = story.models.stream()
                    .flatMap(model -> model.pods.stream())
                    .filter(pod -> !pod.terminating)
                    .count();
            assertThat(pods).as(story::log).isLessThanOrEqualTo(5);
        }
        assertThat(story.models)
                .allSatisfy(
                        model -> assertThat(model.receiving()).as(story::log).isNotEmpty());
        assertThat(story.decision().because(ReasonKind.TIER_LIMIT)
                        || story.last().decision(other.key).because(ReasonKind.TIER_LIMIT))
                .as(story::log)
                .isTrue();
    }

    @Test
    void aModelThatOnlyRecommendsTakesNothingFromOthers() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1).limit(2));
        story.chat().mode = ScalingMode.RECOMMEND;
        story.chat().minReplicas = 2;
        StoryModel other = new StoryModel("assistants", "embed", List.copyOf(story.tiers.values()));
        other.minReplicas = 2;
        story.models.add(other);
        story.until(0.25);
        assertThat(story.decision().plan().gear().isEmpty()).as(story::log).isTrue();
        assertThat(story.last().decision(other.key).plan().gear())
                .as(story::log)
                .hasToString("l4×2");
    }

    @Test
    void aCapHoldsWhereCostTakesPrecedence() {
        Story story = cheapAndFast();
        story.chat().maxPerHour = Optional.of(HourlyCost.ofDollars("1.70"));
        story.chat().precedence = Precedence.COST;
        story.chat().demand = steps(0, 6);
        story.until(40);
        assertThat(story.decisions(0))
                .as(story::log)
                .allMatch(decision -> decision.cost().compareTo(HourlyCost.ofDollars("1.70")) <= 0);
        assertThat(story.serving()).as(story::log).hasToString("l4×2");
        assertThat(story.decision().because(ReasonKind.COST_CAP)).as(story::log).isTrue();
    }

    @Test
    void aLimitIsAnAlarmWhereLatencyTakesPrecedence() {
        Story story = cheapAndFast();
        story.chat().maxPerHour = Optional.of(HourlyCost.ofDollars("1.70"));
        story.chat().demand = steps(0, 3.5);
        story.until(60);
        assertThat(story.serving()).as(story::log).hasToString("l4×4");
        assertThat(story.decision().because(ReasonKind.COST_ALARM))
                .as(story::log)
                .isTrue();
    }

    @Test
    void aPinnedTotalIsReachedAtThePresentProportions() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1), new StoryTier("l4-spot", "0.30", 1).limit(4));
        story.chat().demand = steps(0, 5.5);
        story.until(60);
        assertThat(story.serving()).as(story::log).hasToString("l4×2 + l4-spot×4");
        story.chat().pinned = OptionalInt.of(3);
        story.until(75);
        assertThat(story.serving()).as(story::log).hasToString("l4×1 + l4-spot×2");
        assertThat(story.decision().progress()).isEqualTo(Progress.PINNED);
        assertThat(story.decision().headline().kind()).isEqualTo(ReasonKind.PINNED);
        story.chat().pinned = OptionalInt.of(9);
        story.until(90);
        assertThat(story.serving()).as(story::log).hasToString("l4×5 + l4-spot×4");
        story.chat().pinned = OptionalInt.of(0);
        story.until(100);
        assertThat(story.serving().isEmpty()).as(story::log).isTrue();
    }

    @Test
    void aPinnedModelIsNotAskedForOnABenchedTier() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1), new StoryTier("a10", "1.00", 1));
        story.at(20, () -> {
            story.tier("l4").stock = StoryTier.Stock.REFUSED;
            story.chat().pinned = OptionalInt.of(3);
        });
        story.until(30);
        assertThat(story.serving()).as(story::log).hasToString("a10×2 + l4×1");
    }

    @Test
    void aPausedModelKeepsWhatRuns() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 3.5, 60, 0.5);
        story.at(50, () -> story.chat().mode = ScalingMode.PAUSED);
        story.until(100);
        assertThat(story.gears(50)).as(story::log).containsExactly("l4×4");
        assertThat(story.decision().headline().kind()).isEqualTo(ReasonKind.PAUSED);
        assertThat(story.decision().progress()).isEqualTo(Progress.HELD);
    }

    @Test
    void aRecommendationIsShownAndNotCarriedOut() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 3.5, 60, 0.5);
        story.at(50, () -> story.chat().mode = ScalingMode.RECOMMEND);
        story.until(100);
        assertThat(story.gears(50)).as(story::log).containsExactly("l4×4");
        assertThat(story.decision().target()).as(story::log).hasToString("l4×1");
        assertThat(story.decision().headline().kind()).isEqualTo(ReasonKind.RECOMMENDED);
    }

    @Test
    void aForeignScalerIsNotFought() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 3.5, 60, 0.5);
        story.at(50, () -> story.chat().foreign.put(new TierName("l4"), "an-autoscaler"));
        story.until(100);
        assertThat(story.gears(50)).as(story::log).containsExactly("l4×4");
        assertThat(story.decision().because(ReasonKind.FOREIGN_SCALER))
                .as(story::log)
                .isTrue();
    }

    @Test
    void aTierThatLeftTheDeclarationIsReplacedAndDrained() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 2.5);
        story.at(
                50,
                () -> story.chat().tiers.removeIf(tier -> tier.name().value().equals("l4")));
        story.chat().demand = time -> time.toMinutes() < 50 ? 2.5 : 2.5 / 4;
        story.until(75);
        assertThat(story.serving()).as(story::log).hasToString("h100×1");
        assertThat(story.chat().violations).as(story::log).isEmpty();
        for (Story.Moment moment : story.moments) {
            if (Story.minute(moment.time()) > 30) {
                assertThat(moment.carried().get(story.chat().key))
                        .as(story::log)
                        .isGreaterThanOrEqualTo(moment.offered().get(story.chat().key));
            }
        }
    }

    @Test
    void aTierThatWasDeletedIsLeftAloneAndCounted() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1), new StoryTier("a10", "1.00", 1));
        story.chat().demand = steps(0, 2.5);
        story.at(50, () -> story.chat().deleted.add(new TierName("l4")));
        story.until(90);
        assertThat(story.gears(50)).as(story::log).containsExactly("l4×3");
        assertThat(story.decision().because(ReasonKind.TIER_MISSING))
                .as(story::log)
                .isTrue();
        story.chat().demand = steps(0, 2.5, 90, 4.5);
        story.until(120);
        assertThat(story.serving()).as(story::log).hasToString("a10×2 + l4×3");
    }

    @Test
    void withoutAnyTierNothingIsStarted() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1));
        story.chat().deleted.add(new TierName("l4"));
        story.until(5);
        assertThat(story.decision().plan().gear().isEmpty()).as(story::log).isTrue();
        assertThat(story.decision().because(ReasonKind.NO_TIER)).as(story::log).isTrue();
    }

    @Test
    void aTargetNoTierMeetsIsPlannedOnTheClosest() {
        Story story = cheapAndFast();
        story.chat().targets = List.of(
                new LatencyTarget(LatencyObjective.TIME_PER_OUTPUT_TOKEN, Seconds.ofMillis(2), new Percentile(95)));
        story.until(20);
        assertThat(story.serving().on(new TierName("h100"))).as(story::log).isPositive();
        assertThat(story.serving().on(new TierName("l4"))).as(story::log).isZero();
        assertThat(story.decision().because(ReasonKind.TARGET_INFEASIBLE)).isTrue();
    }

    @Test
    void aStabilisationAskedForIsWaitedFor() {
        Story story = cheapAndFast();
        story.chat().stabilization = java.time.Duration.ofMinutes(25);
        story.chat().demand = steps(0, 3.5, 80, 0.5);
        story.until(120);
        assertThat(story.minuteOf(ReasonKind.DEMAND_FELL, 80)).as(story::log).isGreaterThanOrEqualTo(104.5);
    }

    @Test
    void aReplicaThatHasFinishedIsCalledBackWhenItIsWantedBeforeItWent() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1));
        story.chat().demand = time -> 0.5;
        story.chat().requestsTake = Duration.ofMinutes(3);
        story.chat().pinned = OptionalInt.of(3);
        story.at(20, () -> story.chat().pinned = OptionalInt.of(2));
        story.at(21, () -> story.chat().mode = ScalingMode.PAUSED);
        story.at(40, () -> {
            story.chat().mode = ScalingMode.AUTO;
            story.chat().pinned = OptionalInt.of(3);
        });
        story.until(60);
        assertThat(story.serving()).as(story::log).hasToString("l4×3");
        assertThat(story.decision().plan().draining()).isEmpty();
        assertThat(story.decision().plan().drained()).isEmpty();
    }

    @Test
    void replicasOnCordonedNodesAreReplacedAndThenGo() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1));
        story.chat().demand = time -> 1.2;
        story.at(40, () -> story.chat().pods.forEach(pod -> pod.nodeLeaving = true));
        story.until(90);
        assertThat(story.chat().pods.stream().filter(pod -> pod.nodeLeaving && !pod.terminating))
                .as(story::log)
                .isEmpty();
        assertThat(story.decision().plan().gear().total())
                .as(story::log)
                .isEqualTo(story.decision().target().total());
        assertThat(story.chat().violations).as(story::log).isEmpty();
    }
}
