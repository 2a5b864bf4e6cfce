package dev.gearshift.metrics.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.DemandSource;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.Knocking;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.metrics.scrape.FetchResult.Cause;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScrapeMetricsTest {

    private final Fleet fleet = new Fleet();
    private final FakeEngine engine = new FakeEngine();

    @AfterEach
    void close() {
        fleet.close();
    }

    /** Both pods serve 2 requests a second for so many scrapes. */
    private void serve(int ticks, FakeEngine... engines) {
        String[] pods = {"a", "b", "c"};
        for (int i = 0; i < ticks; i++) {
            for (int pod = 0; pod < engines.length; pod++) {
                engines[pod].complete(10, .03);
                fleet.show(pods[pod], engines[pod]);
            }
            fleet.tick();
        }
    }

    private void start(FakeEngine... engines) {
        String[] pods = {"a", "b", "c"};
        for (int pod = 0; pod < engines.length; pod++) {
            fleet.ready(pods[pod]);
            fleet.show(pods[pod], engines[pod]);
        }
        fleet.scrape();
    }

    @Test
    void countersBecomeRatesAndBucketsAHistogramOfTheWindowOnly() {
        engine.complete(1000, .2);
        engine.running = 3;
        start(engine);
        serve(12, engine);
        TierLoad load = fleet.tier();
        assertThat(load.freshness()).isEqualTo(Freshness.FRESH);
        assertThat(load.completed().perSecond()).isCloseTo(2, within(1e-9));
        assertThat(load.offered().perSecond()).isCloseTo(2, within(1e-9));
        assertThat(load.input().perSecond()).isCloseTo(200, within(1e-6));
        assertThat(load.output().perSecond()).isCloseTo(100, within(1e-6));
        assertThat(load.running()).isEqualTo(3);
        assertThat(load.kvCapacity().orElseThrow().count()).isEqualTo(16_000);
        Histogram tpot = load.timePerOutputToken().orElseThrow();
        assertThat(tpot.upperBound(1)).isEqualTo(.05);
        assertThat(tpot.count()).isEqualTo(120);
        assertThat(tpot.inBucket(1)).isEqualTo(120);
        assertThat(tpot.sum()).isCloseTo(3.6, within(1e-9));
        assertThat(load.timeToFirstToken()).isEmpty();
        assertThat(fleet.pod("a").completed()).isEqualTo(120);
    }

    @Test
    void latenciesAreRememberedLongerThanRatesButNotForEver() {
        start(engine);
        serve(12, engine);
        for (int i = 0; i < 24; i++) {
            fleet.tick();
        }
        assertThat(fleet.tier().completed().perSecond()).isZero();
        assertThat(fleet.tier().timePerOutputToken().orElseThrow().count()).isEqualTo(120);
        for (int i = 0; i < 60; i++) {
            fleet.tick();
        }
        assertThat(fleet.tier().timePerOutputToken().orElseThrow().count()).isZero();
    }

    @Test
    void aPodThatRestartedDoesNotProduceANegativeRate() {
        engine.complete(5000, .03);
        engine.running = 40;
        start(engine);
        serve(6, engine);
        FakeEngine restarted = new FakeEngine();
        restarted.running = 4;
        restarted.complete(10, .03);
        fleet.show("a", restarted);
        fleet.tick();
        TierLoad load = fleet.tier();
        // 60 completed before; 10 completed and 4 begun since the restart; the 40 that died with it are no negative
        // demand.
        assertThat(load.completed().perSecond()).isCloseTo(70 / 35.0, within(1e-9));
        assertThat(load.offered().perSecond()).isCloseTo(74 / 35.0, within(1e-9));
        assertThat(load.timePerOutputToken().orElseThrow().count()).isEqualTo(70);
    }

    @Test
    void aNewPodBringsItsLoadButNotItsPast() {
        start(engine);
        serve(12, engine);
        FakeEngine young = new FakeEngine();
        young.complete(700, .03);
        young.running = 24;
        young.waiting = 6;
        fleet.ready("b");
        fleet.show("b", young);
        serve(1, engine);
        TierLoad load = fleet.tier();
        assertThat(load.completed().perSecond()).isCloseTo(2, within(1e-9));
        assertThat(load.offered().perSecond()).isCloseTo(2 + 30 / 60.0, within(1e-9));
        assertThat(load.running()).isEqualTo(24);
        assertThat(load.waiting()).isEqualTo(6);
    }

    @Test
    void aPodThatWasNotReadyUntilNowIsNewToo() {
        fleet.notReady("a");
        fleet.scrape();
        fleet.tick();
        fleet.ready("a");
        engine.running = 10;
        fleet.show("a", engine);
        fleet.tick();
        assertThat(fleet.tier().offered().perSecond()).isCloseTo(2, within(1e-9));
    }

    @Test
    void aRestartedOperatorTakesWhatIsRunningForOldAndDoesNotCallItsFirstRatesFresh() {
        engine.running = 50;
        start(engine);
        ModelObservation first = fleet.observe();
        assertThat(first.freshness()).isEqualTo(Freshness.ABSENT);
        assertThat(fleet.pod("a").running()).isEqualTo(50);
        serve(1, engine);
        assertThat(fleet.tier().freshness()).isEqualTo(Freshness.STALE);
        assertThat(fleet.tier().offered().perSecond()).isCloseTo(2, within(1e-9));
        serve(2, engine);
        assertThat(fleet.observe().freshness()).isEqualTo(Freshness.FRESH);
    }

    @Test
    void aRiseFirstFillsRunningAndWaiting() {
        start(engine);
        serve(11, engine);
        engine.running = 20;
        engine.waiting = 10;
        serve(1, engine);
        assertThat(fleet.tier().offered().perSecond()).isCloseTo(2.5, within(1e-9));
        assertThat(fleet.tier().completed().perSecond()).isCloseTo(2, within(1e-9));
    }

    @Test
    void requestsGivenUpWereOfferedAndOfferedLoadIsNeverNegative() {
        engine.waiting = 100;
        start(engine);
        engine.aborted = 30;
        engine.waiting = 70;
        for (int i = 0; i < 12; i++) {
            fleet.show("a", engine);
            fleet.tick();
        }
        assertThat(fleet.tier().offered().perSecond()).isCloseTo(0, within(1e-9));
        engine.waiting = 0;
        fleet.show("a", engine);
        fleet.tick();
        assertThat(fleet.tier().offered().perSecond()).isZero();
    }

    @Test
    void whatTheEngineFailsCountsAsFailedAndWhatAClientGivesUpOnlyAsOffered() {
        start(engine);
        for (int i = 0; i < 12; i++) {
            engine.aborted += 10;
            engine.failed += 5;
            fleet.show("a", engine);
            fleet.tick();
        }
        assertThat(fleet.tier().offered().perSecond()).isCloseTo(3, within(1e-9));
        assertThat(fleet.tier().failed().perSecond()).isCloseTo(1, within(1e-9));
    }

    @Test
    void whatAVanishedPodDidStaysAndWhatItWasDoingIsNotNegativeDemand() {
        FakeEngine other = new FakeEngine();
        other.running = 25;
        start(engine, other);
        serve(12, engine, other);
        fleet.gone("b");
        serve(1, engine);
        assertThat(fleet.tier().offered().perSecond()).isCloseTo(2 + 110 / 60.0, within(1e-9));
        assertThat(fleet.tier().running()).isZero();
        serve(11, engine);
        assertThat(fleet.tier().offered().perSecond()).isCloseTo(2, within(1e-9));
        assertThat(fleet.tier().timePerOutputToken().orElseThrow().count()).isEqualTo(360);
        serve(60, engine);
        assertThat(fleet.metrics.remembered()).isEqualTo(1);
    }

    @Test
    void aLostScrapeIsNotZeroAndTheNextOneMakesUpForIt() {
        FakeEngine other = new FakeEngine();
        start(engine, other);
        serve(12, engine, other);
        fleet.silence("b");
        for (int i = 0; i < 3; i++) {
            engine.complete(10, .03);
            other.complete(10, .03);
            fleet.show("a", engine);
            ScrapeReport report = fleet.tick();
            assertThat(Fleet.cause(report, "b")).isEqualTo(Cause.UNREACHABLE);
            assertThat(fleet.tier().completed().perSecond()).isCloseTo(4, within(1e-9));
        }
        serve(1, engine, other);
        assertThat(fleet.tier().completed().perSecond()).isCloseTo(4, within(1e-9));
    }

    @Test
    void aTierOfWhichHalfAnswersIsFreshAndScaledUp() {
        FakeEngine other = new FakeEngine();
        engine.running = 7;
        other.running = 9;
        start(engine, other);
        serve(12, engine, other);
        fleet.silence("b");
        serve(5, engine);
        assertThat(fleet.pod("b").freshness()).isEqualTo(Freshness.STALE);
        TierLoad load = fleet.tier();
        assertThat(load.freshness()).isEqualTo(Freshness.FRESH);
        assertThat(load.completed().perSecond()).isCloseTo(4, within(1e-9));
        assertThat(load.running()).isEqualTo(14);
    }

    @Test
    void aTierOfWhichLessThanHalfAnswersIsStale() {
        FakeEngine second = new FakeEngine();
        FakeEngine third = new FakeEngine();
        start(engine, second, third);
        serve(12, engine, second, third);
        fleet.silence("b");
        fleet.silence("c");
        serve(5, engine);
        assertThat(fleet.tier().freshness()).isEqualTo(Freshness.STALE);
        assertThat(fleet.tier().completed().perSecond()).isCloseTo(6, within(1e-9));
    }

    @Test
    void aTierThatNoLongerAnswersGoesStaleThenAbsent() {
        start(engine);
        serve(12, engine);
        fleet.silence("a");
        for (int i = 0; i < 4; i++) {
            fleet.tick();
        }
        assertThat(fleet.observe().freshness()).isEqualTo(Freshness.FRESH);
        fleet.tick();
        assertThat(fleet.observe().freshness()).isEqualTo(Freshness.STALE);
        assertThat(fleet.tier().offered().perSecond()).isCloseTo(2, within(1e-9));
        for (int i = 0; i < 19; i++) {
            fleet.tick();
        }
        assertThat(fleet.observe().freshness()).isEqualTo(Freshness.STALE);
        fleet.tick();
        assertThat(fleet.observe().freshness()).isEqualTo(Freshness.ABSENT);
        assertThat(fleet.observe().age().orElseThrow()).hasSeconds(125);
    }

    @Test
    void aPodReadyForAMomentIsNotMissedAndOneSilentForLongIs() {
        start(engine);
        serve(12, engine);
        fleet.ready("b");
        serve(4, engine);
        assertThat(fleet.tier().offered().perSecond()).isCloseTo(2, within(1e-9));
        serve(2, engine);
        assertThat(fleet.tier().offered().perSecond()).isCloseTo(4, within(1e-9));
    }

    @Test
    void aPageWithoutTheLoadIsAMissedScrapeNotZero() {
        start(engine);
        serve(12, engine);
        fleet.pages.put("a", "vllm:num_requests_running 0\nvllm:num_requests_waiting 0\n");
        ScrapeReport report = fleet.tick();
        assertThat(Fleet.cause(report, "a")).isEqualTo(Cause.SHOWS_NO_LOAD);
        assertThat(fleet.tier().offered().perSecond()).isCloseTo(2, within(1e-9));
        for (int i = 0; i < 25; i++) {
            fleet.tick();
        }
        assertThat(fleet.observe().freshness()).isEqualTo(Freshness.ABSENT);
    }

    @Test
    void aLineLostFromAPageIsNotARestart() {
        engine.complete(100_000, .03);
        start(engine);
        serve(6, engine);
        engine.complete(10, .03);
        fleet.pages.put(
                "a",
                engine.page()
                        .replaceFirst("vllm:prompt_tokens_total\\{", "vllm:prompt_tokens_total{{")
                        .replaceFirst("(?m)^.*le=\"0.05\".*$", ""));
        assertThat(fleet.tick().malformed()).isEqualTo(1);
        serve(5, engine);
        TierLoad load = fleet.tier();
        assertThat(load.input().perSecond()).isCloseTo(200, within(1e-6));
        assertThat(load.timePerOutputToken().orElseThrow().buckets()).isEqualTo(4);
        assertThat(load.timePerOutputToken().orElseThrow().count()).isEqualTo(120);
    }

    @Test
    void nothingIsKnownOfAModelWhosePodsWereNeverScraped() {
        fleet.ready("a");
        ModelObservation observation = fleet.observe();
        assertThat(observation.freshness()).isEqualTo(Freshness.ABSENT);
        assertThat(observation.tiers()).extracting(TierLoad::freshness).isSubsetOf(List.of(Freshness.ABSENT));
        assertThat(fleet.pod("a").isIdle()).isFalse();
    }

    @Test
    void nobodyTellsOfDemandInFrontOfReplicasHere() {
        MetricsSource.Model sleeper =
                new MetricsSource.Model(Fleet.MODEL, "llama", false, Optional.of(new DemandSource.Gateway()));
        assertThat(fleet.metrics.observe(new MetricsSource.Fleet(List.of(sleeper), List.of()), fleet.now))
                .containsEntry(
                        Fleet.MODEL,
                        ModelObservation.ABSENT.knocking(new Knocking.Unheard(Knocking.Silence.NO_PROMETHEUS, "")));
    }

    @Test
    void anEnginesLatenciesAreNotTakenForThoseOfAGateway() {
        start(engine);
        serve(12, engine);
        assertThat(fleet.tier().timePerOutputToken()).isPresent();
        MetricsSource.Model behind = new MetricsSource.Model(Fleet.MODEL, "llama", true, Optional.empty());
        ModelObservation seen = fleet.observe(behind);
        assertThat(seen.tiers()).singleElement().satisfies(tier -> {
            assertThat(tier.timePerOutputToken()).isEmpty();
            assertThat(tier.completed()).isEqualTo(fleet.tier().completed());
        });
        assertThat(seen.knocking()).isEqualTo(new Knocking.Unheard(Knocking.Silence.NO_PROMETHEUS, ""));
    }

    @Test
    void thePresentIsTakenFromTheCallerAndThreadsDoNotMatter() {
        try (Fleet parallel = new Fleet(8);
                Fleet single = new Fleet(1)) {
            for (Fleet each : List.of(parallel, single)) {
                for (int round = 0; round < 20; round++) {
                    for (int pod = 0; pod < 30; pod++) {
                        FakeEngine busy = new FakeEngine();
                        busy.complete(round * (pod + 1), .01 * (pod % 9));
                        busy.running = (round * pod) % 7;
                        if ((round + pod) % 6 == 0) {
                            each.silence("p" + pod);
                        } else {
                            each.show("p" + pod, busy);
                        }
                        each.ready("p" + pod);
                    }
                    each.tick();
                }
            }
            assertThat(parallel.observe()).isEqualTo(single.observe());
            assertThat(single.tier().completed().perSecond()).isPositive();
        }
    }
}
