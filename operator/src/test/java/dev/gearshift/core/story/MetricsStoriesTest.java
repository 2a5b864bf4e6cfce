package dev.gearshift.core.story;

import static dev.gearshift.core.story.DemandStoriesTest.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.DeclaredEngine;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Knocking;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencySource;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.LatencyVerdict.Unmeasured;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.kubernetes.status.DecisionEvents;
import dev.gearshift.kubernetes.status.EventText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Metrics go and come back: what is told of it, and what is done meanwhile. */
final class MetricsStoriesTest {

    private static Story story() {
        Story story = Story.of(new StoryTier("l4", "0.80", 1), new StoryTier("h100", "4.00", 4));
        story.chat().demand = steps(0, 3.5);
        return story;
    }

    private static void metrics(Story story, double minute, Freshness freshness) {
        story.at(minute, () -> story.chat().metrics = freshness);
    }

    /** What is told of the metrics from a minute on, such as {@code 42.00 Warning MetricsMissing}. */
    private static List<String> told(Story story, double fromMinute) {
        List<String> told = new ArrayList<>();
        Optional<Decision> before = Optional.empty();
        for (Decision decision : story.decisions(fromMinute)) {
            for (EventText event : DecisionEvents.of(before, decision)) {
                if (event.reason().startsWith("Metrics")) {
                    told.add(Story.minute(decision.time())
                            + (event.warning() ? " Warning " : " Normal ")
                            + event.reason());
                }
            }
            before = Optional.of(decision);
        }
        return told;
    }

    @Test
    void aLatencyThatAGatewayIsToMeasureAndNobodyDoesIsUnknownForAReason() {
        Story story = story();
        story.chat().engine = new DeclaredEngine(ServingEngine.VLLM, LatencySource.GATEWAY, Optional.empty());
        story.chat().targets =
                List.of(new LatencyTarget(LatencyObjective.TIME_TO_FIRST_TOKEN, new Seconds(1), new Percentile(95)));
        metrics(story, 20, Freshness.ABSENT);
        story.at(20, () -> story.chat().gatewayTells = false);
        story.at(30, () -> story.chat().silence = Knocking.Silence.NO_PROMETHEUS);
        story.at(40, () -> story.chat().engine = DeclaredEngine.VLLM);
        assertThat(unmeasured(story.until(10))).contains(Unmeasured.NO_GATEWAY);
        assertThat(unmeasured(story.until(25))).isEmpty();
        assertThat(unmeasured(story.until(35))).contains(Unmeasured.NO_PROMETHEUS);
        assertThat(unmeasured(story.until(45))).isEmpty();
    }

    private static Optional<Unmeasured> unmeasured(Story story) {
        return story.decision().latency().get(0).unmeasured();
    }

    @Test
    void anOutageIsToldWhenItBeginsOnceLoudlyAndWhenItEnds() {
        Story story = story();
        metrics(story, 40, Freshness.STALE);
        metrics(story, 42, Freshness.ABSENT);
        metrics(story, 50, Freshness.STALE);
        metrics(story, 51, Freshness.ABSENT);
        metrics(story, 60, Freshness.FRESH);
        story.until(80);
        assertThat(told(story, 30))
                .as(story::log)
                .containsExactly("40.0 Normal MetricsStale", "45.0 Warning MetricsMissing", "60.0 Normal MetricsBack");
    }

    @Test
    void aShortGapIsNotLoud() {
        Story story = story();
        metrics(story, 40, Freshness.ABSENT);
        metrics(story, 44, Freshness.FRESH);
        story.until(60);
        assertThat(told(story, 30)).containsExactly("40.0 Normal MetricsAbsent", "44.0 Normal MetricsBack");
        assertThat(story.decisions(44).get(0).headline().kind())
                .as("the end of a gap is no headline")
                .isNotEqualTo(ReasonKind.METRICS_BACK);
    }

    @Test
    void twoOutagesAreToldTwice() {
        Story story = story();
        metrics(story, 40, Freshness.PARTIAL);
        metrics(story, 50, Freshness.FRESH);
        metrics(story, 60, Freshness.PARTIAL);
        story.until(70);
        assertThat(told(story, 30))
                .containsExactly(
                        "40.0 Normal MetricsPartial",
                        "45.0 Warning MetricsMissing",
                        "50.0 Normal MetricsBack",
                        "60.0 Normal MetricsPartial",
                        "65.0 Warning MetricsMissing");
    }

    @Test
    void metricsThatHaveOnlyBegunAreNoOutage() {
        Story story = story();
        story.until(30);
        assertThat(told(story, 0)).as(story::log).isEmpty();
    }

    @Test
    void aModelWithoutReadyReplicasMissesNoMetrics() {
        Story story = story();
        story.tier("l4").stock = StoryTier.Stock.REFUSED;
        story.tier("h100").stock = StoryTier.Stock.REFUSED;
        metrics(story, 0, Freshness.ABSENT);
        story.until(20);
        assertThat(story.count(ReasonKind.METRICS_MISSING)).as(story::log).isZero();
        assertThat(story.count(ReasonKind.METRICS_ABSENT)).isZero();
    }

    @Test
    void hoursWithoutMetricsHoldWhatWasNeededAndReplaceWhatIsLost() {
        Story story = story();
        story.chat().demand = steps(0, 3.5, 45, 0.1);
        metrics(story, 40, Freshness.ABSENT);
        story.at(150, () -> story.lose(story.anyServing("l4")));
        story.until(180);
        assertThat(story.gears(40)).as(story::log).containsExactly("l4×4");
        assertThat(story.serving()).hasToString("l4×4");
        assertThat(story.minuteOf(ReasonKind.REPLICA_LOST, 40)).isEqualTo(150);
    }

    @Test
    void partOfTheMetricsIsGoodForGoingUp() {
        Story story = story();
        story.chat().demand = steps(0, 1.5, 45, 3.5);
        metrics(story, 40, Freshness.PARTIAL);
        story.until(70);
        assertThat(story.serving().total()).as(story::log).isGreaterThanOrEqualTo(4);
        assertThat(story.decision().because(ReasonKind.METRICS_PARTIAL)).isTrue();
    }

    @Test
    void partOfTheMetricsIsNotGoodForGoingDown() {
        Story story = story();
        story.chat().demand = steps(0, 3.5, 45, 0.2);
        metrics(story, 40, Freshness.PARTIAL);
        story.until(90);
        assertThat(story.gears(40)).as(story::log).containsExactly("l4×4");
    }
}
