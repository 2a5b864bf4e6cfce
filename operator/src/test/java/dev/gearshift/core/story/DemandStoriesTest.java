package dev.gearshift.core.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.ReasonKind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Demand rises and falls, metrics come and go. */
final class DemandStoriesTest {

    private static Story cheapAndFast() {
        return Story.of(new StoryTier("l4", "0.80", 1), new StoryTier("h100", "4.00", 4));
    }

    static ToDoubleFunction<Duration> steps(double... minutesAndLoads) {
        return time -> {
            double load = 0;
            for (int i = 0; i < minutesAndLoads.length; i += 2) {
                if (time.toMillis() >= minutesAndLoads[i] * 60_000) {
                    load = minutesAndLoads[i + 1];
                }
            }
            return load;
        };
    }

    @Test
    void aModelThatNeverRanStartsOnTheCheapestTier() {
        Story story = cheapAndFast().until(0.25);
        assertThat(story.decision().plan().gear()).as(story::log).hasToString("l4×1");
        assertThat(story.decision().headline().kind()).isEqualTo(ReasonKind.FIRST_START);
    }

    @Test
    void aModelThatNeverRanStartsWithItsLeastReplicas() {
        Story story = cheapAndFast();
        story.chat().minReplicas = 3;
        assertThat(story.until(10).gears(0)).as(story::log).containsExactly("l4×3");
    }

    @Test
    void whatIsStartingIsNotOrderedAgain() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 0.5, 15, 3.5);
        story.until(55);
        assertThat(story.decision().plan().gear()).as(story::log).hasToString("l4×4");
        int most = story.decisions(15).stream()
                .mapToInt(decision -> decision.plan().gear().total())
                .max()
                .orElseThrow();
        assertThat(most).as(story::log).isLessThanOrEqualTo(6);
    }

    @Test
    void mostOfADeficitIsOrderedWithinAMinute() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 0.5, 15, 3.5);
        story.until(16.1);
        assertThat(story.decision().plan().gear().total()).as(story::log).isGreaterThanOrEqualTo(4);
    }

    @Test
    void replicasAreReleasedOnlyAfterTheHoldAndDrainFirst() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 3.5, 50, 0.5);
        story.until(80);
        double fell = story.minuteOf(ReasonKind.DEMAND_FELL, 50);
        assertThat(fell).as(story::log).isBetween(55.0, 65.0);
        assertThat(story.minuteOf(ReasonKind.RELEASE_DEFERRED, 50)).isLessThan(fell);
        assertThat(story.minuteOf(ReasonKind.DRAINED, 50)).isGreaterThan(fell);
        assertThat(story.decision().plan().gear()).hasToString("l4×1");
        assertThat(story.chat().violations).as(story::log).isEmpty();
    }

    @Test
    void drainingReplicasAreCalledBackWhenDemandReturns() {
        Story story = cheapAndFast();
        story.chat().requestsTake = Duration.ofMinutes(6);
        story.chat().demand = steps(0, 3.5, 50, 0.5, 62.5, 3.5);
        story.until(70);
        assertThat(story.minuteOf(ReasonKind.DEMAND_FELL, 50)).as(story::log).isLessThan(62.5);
        assertThat(story.serving().total()).as(story::log).isGreaterThanOrEqualTo(4);
        assertThat(story.decisions(63).get(0).plan().draining()).as(story::log).isEmpty();
        long created = story.chat().pods.stream()
                .filter(pod -> pod.created.isAfter(Story.BEGIN.plus(Duration.ofMinutes(60))))
                .count();
        assertThat(created).as(story::log).isLessThanOrEqualTo(1);
    }

    @Test
    void aReplicaThatDoesNotFinishGoesWhenItsGraceIsOver() {
        Story story = cheapAndFast();
        story.chat().requestsTake = Duration.ofHours(9);
        story.chat().grace = Duration.ofMinutes(5);
        story.chat().demand = steps(0, 3.5, 50, 0.5);
        story.until(80);
        double fell = story.minuteOf(ReasonKind.DEMAND_FELL, 50);
        assertThat(story.minuteOf(ReasonKind.DRAIN_EXPIRED, 50)).as(story::log).isEqualTo(fell + 5);
        assertThat(story.decision().plan().gear()).hasToString("l4×1");
    }

    @Test
    void absentMetricsHoldDemandNotSupply() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 3.5);
        story.at(40, () -> story.chat().metrics = Freshness.ABSENT);
        story.at(45, () -> story.lose(story.anyServing("l4")));
        story.until(80);
        assertThat(story.serving()).as(story::log).hasToString("l4×4");
        assertThat(story.minuteOf(ReasonKind.METRICS_ABSENT, 0)).isEqualTo(40);
        assertThat(story.minuteOf(ReasonKind.REPLICA_LOST, 0)).isEqualTo(45);
    }

    @Test
    void absentMetricsDoNotKeepAStockOutFromBeingAnswered() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1), new StoryTier("a10", "1.00", 1));
        story.chat().demand = steps(0, 3.5);
        story.at(40, () -> {
            story.chat().metrics = Freshness.ABSENT;
            story.tier("l4").stock = StoryTier.Stock.REFUSED;
            story.lose(story.anyServing("l4"));
        });
        story.until(50);
        assertThat(story.serving()).as(story::log).hasToString("a10×1 + l4×3");
    }

    @Test
    void absentMetricsDoNotKeepBoundsFromBeingObeyed() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 3.5);
        story.at(40, () -> story.chat().metrics = Freshness.ABSENT);
        story.at(45, () -> story.chat().maxReplicas = 2);
        story.at(60, () -> {
            story.chat().maxReplicas = 20;
            story.chat().minReplicas = 6;
        });
        story.until(59);
        assertThat(story.serving().total()).as(story::log).isEqualTo(2);
        story.until(70);
        assertThat(story.serving().total()).as(story::log).isEqualTo(6);
    }

    @Test
    void staleMetricsReleaseNothing() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 3.5, 50, 0.2);
        story.at(49, () -> story.chat().metrics = Freshness.STALE);
        story.until(80);
        assertThat(story.gears(49)).as(story::log).containsExactly("l4×4");
        assertThat(story.decision().because(ReasonKind.METRICS_STALE)).isTrue();
    }

    @Test
    void whenMetricsReturnTheHoldBeginsAnew() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 3.5, 50, 0.2);
        story.at(49, () -> story.chat().metrics = Freshness.ABSENT);
        story.at(80, () -> story.chat().metrics = Freshness.FRESH);
        story.until(110);
        assertThat(story.minuteOf(ReasonKind.DEMAND_FELL, 49)).as(story::log).isBetween(82.0, 92.0);
        assertThat(story.decision().plan().gear()).hasToString("l4×1");
    }

    @Test
    void aShortGapInMetricsDoesNotPutOffARelease() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 3.5, 50, 0.2);
        story.at(53, () -> story.chat().metrics = Freshness.STALE);
        story.at(54, () -> story.chat().metrics = Freshness.FRESH);
        story.until(80);
        assertThat(story.minuteOf(ReasonKind.DEMAND_FELL, 49)).as(story::log).isLessThan(65);
    }

    @Test
    void whatWasHeldForShortRequestsIsNotProvidedForAsIfTheyWereLong() {
        Story story = cheapAndFast();
        story.chat().answer = OptionalInt.of(211);
        story.chat().demand = steps(0, 3.5, 50, 0.1);
        story.at(50, () -> story.chat().answer = OptionalInt.of(3000));
        story.until(60);
        int before = story.decisions(49).get(0).target().total();
        assertThat(story.decisions(50))
                .as(story::log)
                .allMatch(decision -> decision.target().total() <= before);
    }

    @Test
    void aLostReplicaIsReplacedAtOnce() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 3.5);
        story.at(50, () -> story.lose(story.anyServing("l4")));
        story.until(60);
        assertThat(story.minuteOf(ReasonKind.REPLICA_LOST, 0)).as(story::log).isEqualTo(50);
        assertThat(story.count(ReasonKind.REPLICA_LOST)).isEqualTo(1);
        assertThat(story.serving()).hasToString("l4×4");
    }

    @Test
    void aReplicaOnALeavingNodeIsReplacedBeforeItIsGone() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 3.5);
        story.at(50, () -> story.anyServing("l4").nodeLeaving = true);
        story.until(51);
        assertThat(story.decision().plan().gear()).as(story::log).hasToString("l4×5");
        assertThat(story.minuteOf(ReasonKind.REPLICA_LOST, 0)).isEqualTo(50);
        story.at(
                52,
                () -> story.chat().pods.stream()
                        .filter(pod -> pod.nodeLeaving)
                        .toList()
                        .forEach(story::lose));
        story.until(60);
        assertThat(story.serving()).as(story::log).hasToString("l4×4");
        assertThat(story.decision().plan().gear()).hasToString("l4×4");
    }

    @Test
    void nodesOfEightAreFilledBeforeAnotherIsPaidFor() {
        Story story = Story.of(new StoryTier("h100", "2.00", 1).perNode(8));
        story.chat().demand = steps(0, 5.5, 30, 9.5, 60, 2);
        story.until(29);
        assertThat(story.decision().cost().perHour().dollars()).as(story::log).isEqualByComparingTo("16");
        story.until(59);
        assertThat(story.decision().cost().perHour().dollars()).as(story::log).isEqualByComparingTo("32");
        story.until(100);
        assertThat(story.decision().cost().perHour().dollars()).as(story::log).isEqualByComparingTo("16");
        assertThat(story.chat().pods.stream().flatMap(pod -> pod.node.stream()).distinct())
                .as(story::log)
                .hasSize(1);
    }

    @Test
    void steadyDemandIsSteady() {
        Story story = cheapAndFast();
        story.chat().demand = steps(0, 2.2);
        story.until(120);
        assertThat(story.gears(30)).as(story::log).hasSize(1);
        List<Decision> late = story.decisions(60);
        assertThat(late).as(story::log).allMatch(decision -> decision.because(ReasonKind.STEADY));
    }
}
