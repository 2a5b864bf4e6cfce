package dev.gearshift.core.story;

import static dev.gearshift.core.story.DemandStoriesTest.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Progress;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReasonText;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A model that may have no replica goes to sleep and wakes. */
final class ZeroStoriesTest {

    private static Story sleeper(double... minutesAndLoads) {
        Story story = Story.of(new StoryTier("l4", "0.80", 1), new StoryTier("h100", "4.00", 4));
        story.chat().minReplicas = 0;
        story.chat().demand = steps(minutesAndLoads);
        return story;
    }

    @Test
    void idleThenZeroThenAKnockThenOneReplicaThenMore() {
        Story story = sleeper(0, 0.5, 20, 0, 60, 0.3, 80, 2.5);
        story.until(59);
        assertThat(story.minuteOf(ReasonKind.IDLE, 0)).as(story::log).isBetween(35.0, 36.0);
        assertThat(story.last().decision(story.chat().key).plan().gear().isEmpty())
                .as(story::log)
                .isTrue();
        assertThat(story.decision().headline().kind()).isEqualTo(ReasonKind.ASLEEP);
        assertThat(story.decision().progress()).isEqualTo(Progress.STEADY);
        story.until(79);
        assertThat(story.minuteOf(ReasonKind.WOKEN, 1)).as(story::log).isEqualTo(60);
        assertThat(story.serving()).as(story::log).hasToString("l4×1");
        story.until(110);
        assertThat(story.serving().total()).as(story::log).isGreaterThanOrEqualTo(3);
        assertThat(story.gears(1).subList(0, 3)).as(story::log).containsExactly("l4×1", "none", "l4×1");
        assertThat(story.count(ReasonKind.IDLE)).as(story::log).isPositive();
        assertThat(story.chat().violations).as(story::log).isEmpty();
    }

    @Test
    void theReasonSaysWhatIsSavedAndWhatWakingCosts() {
        Story story = sleeper(0, 0.5, 20, 0, 60, 0.3).until(61);
        assertThat(sentence(story, ReasonKind.IDLE))
                .isEqualTo("nothing was asked for 15m: no replica is kept ($0.80/h → $0.00/h)");
        assertThat(sentence(story, ReasonKind.WOKEN))
                .endsWith(" req/s are asked and no replica runs: going to l4×1 ($0.00/h → $0.80/h)");
    }

    @Test
    void aLoudKnockOrdersAllItNeedsAtOnce() {
        Story story = sleeper(0, 0, 10, 3.5).until(10.3);
        assertThat(story.decision().plan().gear().total()).as(story::log).isGreaterThanOrEqualTo(4);
        assertThat(story.decisions(10).get(0).headline().kind()).isEqualTo(ReasonKind.WOKEN);
    }

    @Test
    void aKnockThatGrowsWhileTheReplicaStartsOrdersMoreAndOneThatEndsCancelsNothing() {
        Story story = sleeper(0, 0, 10, 0.2, 11, 2.5, 12, 0);
        assertThat(story.until(10.6).decision().plan().gear()).as(story::log).hasToString("l4×1");
        assertThat(story.until(11.6).decision().plan().gear().total())
                .as(story::log)
                .isGreaterThanOrEqualTo(3);
        assertThat(story.until(13).decision().plan().gear().total())
                .as(story::log)
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void aModelThatNeverRanSleepsUntilItIsAskedAndSoDoesOneAfterARestart() {
        Story story = sleeper(0, 0, 30, 0.5);
        story.at(15, story::forget).until(29);
        assertThat(story.gears(0)).as(story::log).containsExactly("none");
        assertThat(story.until(50).serving()).as(story::log).hasToString("l4×1");
    }

    @Test
    void whatIsAskedNowAndThenKeepsAReplica() {
        Story story = sleeper();
        story.chat().demand = time -> time.toMinutes() % 10 == 0 ? 0.2 : 0;
        story.until(180);
        assertThat(story.gears(1)).as(story::log).containsExactly("l4×1");
    }

    @Test
    void withoutTheGatewaysWordNothingIsReleasedAndNothingWoken() {
        Story awake = sleeper(0, 0.5, 20, 0).until(19);
        awake.chat().gatewayTells = false;
        awake.until(120);
        assertThat(awake.gears(1)).as(awake::log).containsExactly("l4×1");
        assertThat(awake.decision().because(ReasonKind.DEMAND_UNSEEN)).isTrue();
        assertThat(awake.decision().headline().kind()).isEqualTo(ReasonKind.STEADY);

        Story asleep = sleeper(0, 0.5, 20, 0, 70, 0.5).until(60);
        asleep.chat().gatewayTells = false;
        asleep.until(90);
        assertThat(asleep.gears(59)).as(asleep::log).containsExactly("none");
        assertThat(asleep.decision().headline().kind()).isEqualTo(ReasonKind.DEMAND_UNSEEN);
        asleep.chat().gatewayTells = true;
        assertThat(asleep.until(110).serving()).as(asleep::log).hasToString("l4×1");
    }

    @Test
    void withoutFreshMetricsOfTheEnginesNothingIsReleased() {
        for (Freshness trust : new Freshness[] {Freshness.STALE, Freshness.ABSENT}) {
            Story story = sleeper(0, 0.5, 20, 0).until(21);
            story.chat().metrics = trust;
            story.until(90);
            assertThat(story.gears(1)).as(story::log).containsExactly("l4×1");
        }
    }

    @Test
    void aGatewayThatFallsSilentNowAndThenDelaysNothingButForLongItDoes() {
        Story blinking = sleeper(0, 0.5, 20, 0);
        for (int minute = 21; minute < 40; minute += 2) {
            blinking.at(minute, () -> blinking.chat().gatewayTells = false);
            blinking.at(minute + 1, () -> blinking.chat().gatewayTells = true);
        }
        assertThat(blinking.until(60).minuteOf(ReasonKind.IDLE, 0))
                .as(blinking::log)
                .isBetween(35.0, 37.0);

        Story silent = sleeper(0, 0.5, 20, 0);
        silent.at(22, () -> silent.chat().gatewayTells = false);
        silent.at(30, () -> silent.chat().gatewayTells = true);
        assertThat(silent.until(60).minuteOf(ReasonKind.IDLE, 0))
                .as(silent::log)
                .isBetween(45.0, 46.0);
    }

    @Test
    void requestsThatComeWhileTheLastReplicaLeavesCallItBack() {
        Story story = sleeper(0, 0.5, 20, 0, 35.5, 0.5);
        story.chat().requestsTake = Duration.ofMinutes(3);
        story.chat().idleAfter = Duration.ofMinutes(15);
        story.until(60);
        assertThat(story.serving()).as(story::log).hasToString("l4×1");
        assertThat(story.chat().violations).as(story::log).isEmpty();
    }

    @Test
    void aNumberByHandStandsAboveSleep() {
        Story story = sleeper(0, 0);
        story.chat().pinned = OptionalInt.of(2);
        assertThat(story.until(60).serving().total()).as(story::log).isEqualTo(2);
    }

    @Test
    void itDoesNotFlapOnSilence() {
        Story story = sleeper(0, 0);
        for (int minute = 1; minute < 120; minute++) {
            boolean tells = minute % 3 == 0;
            story.at(minute, () -> story.chat().gatewayTells = tells);
        }
        assertThat(story.until(120).gears(0)).as(story::log).containsExactly("none");
    }

    private static String sentence(Story story, ReasonKind kind) {
        return story.decisions(0).stream()
                .filter(decision -> decision.because(kind))
                .map(Decision::headline)
                .map(ReasonText::of)
                .findFirst()
                .orElseThrow();
    }
}
