package dev.gearshift.core.story;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.LatencyVerdict.BudgetRange;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Seconds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is left of an error budget, over hours. */
final class ErrorBudgetStoriesTest {

    private static Story story() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1));
        story.chat().targets =
                List.of(new LatencyTarget(LatencyObjective.TIME_TO_FIRST_TOKEN, new Seconds(1), new Percentile(95)));
        story.chat().window = Duration.ofHours(6);
        story.chat().demand = time -> 0.5;
        slow(story, 0);
        return story;
    }

    /** Of 1,000 requests so many take longer than the target. */
    private static void slow(Story story, int requests) {
        double[] bounds = {1, 4, Double.POSITIVE_INFINITY};
        story.chat().firstTokens = Optional.of(new Histogram(
                bounds, new double[] {1000 - requests, requests, 0}, 0.5 * (1000 - requests) + 2 * requests));
    }

    private static BudgetRange left(Story story) {
        return story.decision().latency().get(0).budget().orElseThrow();
    }

    @Test
    void aBadHalfHourIsPaidForAndForgottenWithTheWindow() {
        Story story = story();
        assertThat(story.until(2).decision().latency().get(0).budget()).isEmpty();
        story.at(120, () -> slow(story, 200)).at(150, () -> slow(story, 0));
        assertThat(left(story.until(119)).low()).isEqualTo(1);
        // A fifth of half an hour missed, of the twentieth of two and a half hours that may.
        assertThat(left(story.until(150)).low()).isCloseTo(1 - .1 / .125, within(.05));
        assertThat(left(story.until(355)).low()).isCloseTo(1 - .1 / .3, within(.03));
        assertThat(left(story.until(475)).low()).isCloseTo(1 - .1 / .3, within(.03));
        assertThat(left(story.until(520)).low()).isEqualTo(1);
    }

    @Test
    void anOutageOfTheMetricsNeitherSpendsNorFillsTheBudget() {
        Story story = story();
        story.at(60, () -> slow(story, 200)).at(90, () -> slow(story, 0));
        BudgetRange before = left(story.until(120));
        story.at(120, () -> story.chat().metrics = Freshness.ABSENT);
        assertThat(left(story.until(200))).isEqualTo(before);
    }

    @Test
    void overspentIsBelowZeroAndBucketsThatDoNotTellGiveAnInterval() {
        Story story = story();
        slow(story, 200);
        assertThat(left(story.until(60)).low()).isCloseTo(-3, within(1e-6));

        Story coarse = story();
        coarse.chat().firstTokens =
                Optional.of(new Histogram(new double[] {4, Double.POSITIVE_INFINITY}, new double[] {1000, 0}, 400));
        BudgetRange left = left(coarse.until(60));
        // The mean of 0.4 s says that at most two fifths took longer than 1 s.
        assertThat(left.low()).isCloseTo(1 - .4 / .05, within(1e-6));
        assertThat(left.high()).isEqualTo(1);
    }

    @Test
    void whatIsRememberedIsBounded() {
        Story story = story();
        story.chat().window = Duration.ofHours(1);
        story.until(150);
        assertThat(requireNonNull(story.last().outcome().memory().models().get(story.chat().key))
                        .budgets()
                        .budgets()
                        .values())
                .singleElement()
                .satisfies(budget -> assertThat(budget.slots()).hasSizeBetween(96, 97));
    }
}
