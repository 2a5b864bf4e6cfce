package dev.gearshift.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.metrics.Windows;
import dev.gearshift.metrics.engine.Served;
import dev.gearshift.metrics.engine.VllmDialect;
import dev.gearshift.prometheus.FakePrometheus;
import dev.gearshift.prometheus.PrometheusApi;
import dev.gearshift.prometheus.PrometheusSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusMetricsTest {

    private static final ModelKey CHAT = new ModelKey("team", "chat");
    private static final TierName L4 = new TierName("l4");
    private static final TierName H100 = new TierName(CannedAnswers.OTHER);
    private static final double NOW_SEEN = CannedAnswers.NOW;

    private final CannedAnswers answers = new CannedAnswers();

    @SuppressWarnings("NullAway.Init")
    private FakePrometheus server;

    @SuppressWarnings("NullAway.Init")
    private PrometheusApi api;

    @SuppressWarnings("NullAway.Init")
    private PrometheusMetrics metrics;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void start() throws IOException {
        server = new FakePrometheus(answers);
        api = new PrometheusApi(PrometheusSettings.at(server.url()));
        metrics = new PrometheusMetrics(
                api,
                target -> new Served(VllmDialect.DIALECT, Optional.empty()),
                TargetLabels.DEFAULT,
                Windows.scrapedEvery(Duration.ofSeconds(15)),
                round -> {});
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    /** One planning interval later, with these pods ready. */
    private ModelObservation observe(String... ready) {
        now = now.plusSeconds(15);
        List<Target> targets = Stream.of(ready)
                .map(pod -> new Target(CHAT, pod.startsWith(CannedAnswers.OTHER) ? H100 : L4, pod, true))
                .toList();
        return metrics.observe(new MetricsSource.Fleet(List.of(), targets), now)
                .getOrDefault(CHAT, ModelObservation.ABSENT);
    }

    private ModelObservation observeAfter(Duration since, String... ready) {
        ModelObservation seen = observe(ready);
        for (Instant end = now.plus(since); now.isBefore(end); ) {
            seen = observe(ready);
        }
        return seen;
    }

    private static TierLoad l4(ModelObservation seen) {
        return seen.tier(L4).orElseThrow();
    }

    @Test
    void offeredLoadIsWhatWasCompletedAndWhatGrew() {
        answers.pod("a", 5, 3, 1).pod("b", 8, 2, 0).tier(60, 2.0, 6);
        ModelObservation seen = observe("a", "b");
        assertThat(seen.freshness()).isEqualTo(Freshness.FRESH);
        assertThat(seen.age()).contains(Duration.ofSeconds(5));
        assertThat(l4(seen).offered().perSecond()).isEqualTo(2.1, within(1e-9));
        assertThat(l4(seen).completed().perSecond()).isEqualTo(2);
        assertThat(l4(seen).input().perSecond()).isEqualTo(1000);
        assertThat(l4(seen).running()).isEqualTo(5);
        assertThat(l4(seen).waiting()).isEqualTo(1);
        assertThat(seen.pods().get("b"))
                .isNotNull()
                .satisfies(pod -> assertThat(pod.completed()).isEqualTo(100));
    }

    @Test
    void whatTheEngineFailsCountsAsFailedAndWhatAClientGivesUpOnlyAsOffered() {
        answers.pod("a", 5, 3, 1).tier(60, 2.0, 0);
        answers.with(Kind.ABORTION_RATE, "", 1.5).with(Kind.FAILURE_RATE, "", 0.5);
        TierLoad seen = l4(observe("a"));
        assertThat(seen.offered().perSecond()).isEqualTo(3.5, within(1e-9));
        assertThat(seen.failed().perSecond()).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void aWindowOfWhichOnlyAPartWasWatchedIsNotTakenForALull() {
        answers.pod("a", 0, 3, 0).tier(15, 1.0, 0);
        TierLoad begun = l4(observe("a"));
        assertThat(begun.freshness()).isEqualTo(Freshness.STALE);
        assertThat(begun.completed().perSecond()).isEqualTo(2, within(1e-9));
        answers.tier(30, 1.0, 0);
        assertThat(l4(observe("a")).freshness()).isEqualTo(Freshness.FRESH);
    }

    @Test
    void aTierThatHasOnlyBegunSaysNothingAgainstTheOthers() {
        answers.pod("a", 5, 3, 1).tier(60, 2.0, 0).pod("h100-b", 1, 0, 0).with(Kind.FIRST_SEEN, "h100", NOW_SEEN - 1);
        assertThat(observe("a", "h100-b").freshness()).isEqualTo(Freshness.FRESH);
        answers.with(Kind.FIRST_SEEN, "h100", NOW_SEEN - 58);
        assertThat(observe("a", "h100-b").freshness()).isEqualTo(Freshness.ABSENT);
    }

    @Test
    void aSilentPodIsTakenToBeAsBusyAsTheOthersOnceItShouldHaveBeenHeard() {
        answers.pod("a", 5, 4, 0).pod("b", 5, 4, 0).tier(60, 2.0, 0);
        assertThat(l4(observe("a", "b", "c")).completed().perSecond()).isEqualTo(2);
        TierLoad missed = l4(observeAfter(PrometheusMetrics.DISCOVERY, "a", "b", "c"));
        assertThat(missed.completed().perSecond()).isEqualTo(3, within(1e-9));
        assertThat(missed.running()).isEqualTo(12);
        assertThat(missed.freshness()).isEqualTo(Freshness.FRESH);
    }

    @Test
    void whatASilentPodDidWhileItWasHeardOfIsNotCountedTwice() {
        // Of b two thirds of the window are in the rate already: 2.0 = 1.2 of a and 0.8 of b.
        answers.pod("a", 5, 4, 0).pod("b", 22.5 + 20, 4, 0).tier(60, 2.0, 0);
        TierLoad load = l4(observe("a", "b"));
        assertThat(load.completed().perSecond()).isEqualTo(2.4, within(1e-9));
        answers.pod("b", 110, 4, 0).with(Kind.COMPLETION_RATE, "", 1.2);
        assertThat(l4(observe("a", "b")).completed().perSecond()).isEqualTo(2.0, within(.5));
    }

    @Test
    void podsWithoutLabelsAddUpToTheirTier() {
        answers.pod("a", 5, 3, 1).pod("b", 5, 3, 1);
        for (String pod : List.of("a", "b")) {
            answers.with(Kind.FIRST_SEEN, pod, CannedAnswers.NOW - (pod.equals("a") ? 20 : 60))
                    .with(Kind.COMPLETION_RATE, pod, 5)
                    .with(Kind.RUNNING_GROWTH, pod, 3);
        }
        answers.change(text -> text.replace(",\"gearshift_dev_tier\":\"l4\"", "")
                .replace("\"gearshift_dev_model_deployment\":\"chat\"", "\"x\":\"y\""));
        TierLoad load = l4(observe("a", "b"));
        assertThat(load.completed().perSecond()).isEqualTo(10, within(1e-9));
        assertThat(load.offered().perSecond()).isEqualTo(10.1, within(1e-9));
        assertThat(load.running()).isEqualTo(6);
        assertThat(load.freshness()).isEqualTo(Freshness.FRESH);
    }

    @Test
    void aTierOfWhichMostIsSilentIsNotFresh() {
        answers.pod("a", 5, 4, 0).pod("b", 90, 4, 0).pod("c", 90, 1, 0).tier(60, 2.0, 0);
        ModelObservation seen = observe("a", "b", "c");
        assertThat(l4(seen).freshness()).isEqualTo(Freshness.STALE);
        assertThat(l4(seen).running()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+Inf", "-Inf", "-1", "1e400"})
    void whatCannotBeTrueIsAbsentNotZero(String value) {
        answers.pod("a", 5, 3, 1).tier(60, 2.0, 0).with(Kind.COMPLETION_RATE, "", value);
        assertThat(observe("a").freshness()).isEqualTo(Freshness.ABSENT);
    }

    @Test
    void anEmptyAnswerIsAbsentNotZero() {
        assertThat(observeAfter(PrometheusMetrics.DISCOVERY, "a"))
                .isEqualTo(new ModelObservation(
                        Freshness.ABSENT, Optional.empty(), List.of(TierLoad.absent(L4)), new java.util.TreeMap<>()));
    }

    @Test
    void whenTheServerFailsWhatItSaidGoesOnAsStaleAndEnds() {
        answers.pod("a", 5, 3, 1).tier(60, 2.0, 0);
        observe("a");
        server.become(FakePrometheus.says(500, ""));
        ModelObservation next = observe("a");
        assertThat(next.freshness()).isEqualTo(Freshness.STALE);
        assertThat(next.age()).contains(Duration.ofSeconds(20));
        assertThat(l4(next).completed().perSecond()).isEqualTo(2);
        assertThat(l4(next).freshness()).isEqualTo(Freshness.STALE);
        assertThat(observeAfter(Windows.STALE_AT_MOST, "a")).isEqualTo(ModelObservation.ABSENT);
        server.become(answers);
        assertThat(observeAfter(Duration.ofMinutes(3), "a").freshness()).isEqualTo(Freshness.FRESH);
    }

    @Test
    void nothingIsReleasedOnAnAnswerThatIsNotWhole() {
        answers.pod("a", 5, 0, 0).tier(60, 2.0, 0);
        answers.change(text -> text.replace("{\"status\"", "{\"warnings\":[\"store down\"],\"status\""));
        assertThat(observe("a").freshness()).isEqualTo(Freshness.PARTIAL);
        assertThat(l4(observe("a")).freshness()).isEqualTo(Freshness.PARTIAL);
        assertThat(observe("a").pods().get("a"))
                .isNotNull()
                .satisfies(pod -> assertThat(pod.isIdle()).isFalse());
        answers.change(text -> text);
        answers.failing("time_to_first_token");
        assertThat(observe("a").freshness()).isEqualTo(Freshness.PARTIAL);
        answers.failing("nothing");
        assertThat(observe("a").freshness()).isEqualTo(Freshness.FRESH);
    }

    @Test
    void aClockThatIsWrongChangesNothing() {
        answers.pod("a", -3, 1, 0).tier(60, 2.0, 0);
        now = Instant.parse("2031-01-01T00:00:00Z");
        ModelObservation seen = observe("a");
        assertThat(seen.freshness()).isEqualTo(Freshness.FRESH);
        assertThat(seen.age()).contains(Duration.ZERO);
    }

    @Test
    void podsWithoutLabelsAreAskedForByName() {
        answers.pod("a", 5, 3, 1).tier(60, 2.0, 0);
        answers.change(text -> "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");
        observe("a");
        int before = server.asked().size();
        answers.change(text -> text.replace(",\"gearshift_dev_tier\":\"l4\"", "")
                .replace("\"gearshift_dev_model_deployment\":\"chat\"", "\"x\":\"y\"")
                .replace("\"pod\":\"\"", "\"pod\":\"a\""));
        assertThat(observe("a").freshness()).isEqualTo(Freshness.FRESH);
        assertThat(server.asked().get(before).promql()).contains("namespace=\"team\"");
        int then = server.asked().size();
        answers.change(text -> text);
        observe("a");
        observe("a");
        assertThat(server.asked().get(server.asked().size() - 1).promql()).doesNotContain("namespace=\"team\"");
        assertThat(server.asked().size() - then).isEqualTo(22);
    }
}
