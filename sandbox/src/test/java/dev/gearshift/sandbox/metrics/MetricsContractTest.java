package dev.gearshift.sandbox.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.EngineMetricNames;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.core.observe.QuantileRange;
import dev.gearshift.core.predict.TokenMix;
import dev.gearshift.metrics.engine.CustomDialect;
import dev.gearshift.metrics.engine.EngineDialect;
import dev.gearshift.metrics.engine.LlamaCppDialect;
import dev.gearshift.metrics.engine.NimDialect;
import dev.gearshift.metrics.engine.RayServeDialect;
import dev.gearshift.metrics.engine.Served;
import dev.gearshift.metrics.engine.SglangDialect;
import dev.gearshift.metrics.engine.TensorRtLlmDialect;
import dev.gearshift.metrics.engine.TgiDialect;
import dev.gearshift.metrics.engine.TritonDialect;
import dev.gearshift.metrics.engine.VllmDialect;
import dev.gearshift.sandbox.engine.CustomNames;
import dev.gearshift.sandbox.engine.EngineKind;
import dev.gearshift.sandbox.engine.EngineServer.Fault;
import dev.gearshift.sandbox.metrics.TwoViews.Adapter;
import dev.gearshift.sandbox.prometheus.NeedsPrometheus;
import dev.gearshift.sandbox.prometheus.PrometheusServer;
import dev.gearshift.sandbox.prometheus.PrometheusServer.Data;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds of every adapter of the metrics source, and that both see the same. One story for all: engines of every kind work for a
 * minute, then pods restart, vanish and stall, then Prometheus itself fails.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("prometheus processes")
class MetricsContractTest {

    private static final Duration MINUTE_AND_DISCOVERY = Duration.ofSeconds(68);
    private static final Duration PAST_FRESH = Duration.ofSeconds(24);
    private static final double BOTH_PODS = 2 * LiveEngines.REQUESTS_PER_SECOND;
    private static final double AGREEMENT = .05;
    private static final List<String> STORIES =
            List.of("steady", "restarting", "vanishing", "stalling", "silent", "twice", "routed");

    private final LiveEngines engines = new LiveEngines();
    private final TwoViews views =
            new TwoViews(engines, target -> new Served(dialect(target.model().name()), Optional.of(LiveEngines.MODEL)));
    private Map<Adapter, SortedMap<ModelKey, ModelObservation>> minute = Map.of();
    private Map<Adapter, SortedMap<ModelKey, ModelObservation>> troubled = Map.of();

    @BeforeAll
    void watch() throws InterruptedException {
        for (EngineKind kind : EngineKind.values()) {
            start(word(kind), kind);
        }
        for (String story : STORIES) {
            start(story, EngineKind.VLLM);
        }
        for (String pod : List.of("bare-a", "bare-b")) {
            engines.start(pod, EngineKind.VLLM);
            views.addWithoutLabels("bare", pod);
        }
        views.scrapeTwice("twice", "twice-b");
        engines.serve("router", () -> """
                # TYPE vllm:num_requests_running gauge
                vllm:num_requests_running{server="http://routed-a:8000"} 400
                vllm:num_requests_waiting{server="http://routed-a:8000"} 400
                """);
        views.scrapeStranger("router");
        views.watch(MINUTE_AND_DISCOVERY);
        minute = views.seen();

        engines.restart("restarting-b");
        engines.remove("vanishing-b");
        views.remove("vanishing-b");
        engines.become("stalling-b", Fault.HANG);
        engines.become("silent-a", Fault.SERVER_ERROR);
        engines.become("silent-b", Fault.REFUSE);
        views.watch(PAST_FRESH);
        troubled = views.seen();
    }

    @AfterAll
    void stop() {
        views.close();
        engines.close();
    }

    private void start(String model, EngineKind kind) {
        for (String pod : List.of(model + "-a", model + "-b")) {
            engines.start(pod, kind);
            views.add(model, pod);
        }
    }

    private static String word(EngineKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the engine of a model calls its metrics; each kind has a model of its own, and the stories run vLLM. */
    private static EngineDialect dialect(String model) {
        return Arrays.stream(EngineKind.values())
                .filter(kind -> word(kind).equals(model))
                .findFirst()
                .map(MetricsContractTest::dialect)
                .orElse(VllmDialect.DIALECT);
    }

    private static EngineDialect dialect(EngineKind kind) {
        return switch (kind) {
            case VLLM, VLLM_OLDER -> VllmDialect.DIALECT;
            case SGLANG -> SglangDialect.DIALECT;
            case TGI -> TgiDialect.DIALECT;
            case TENSORRT_LLM -> TensorRtLlmDialect.DIALECT;
            case TRITON -> TritonDialect.DIALECT;
            case NIM -> NimDialect.DIALECT;
            case LLAMA_CPP -> LlamaCppDialect.DIALECT;
            case RAY_SERVE -> RayServeDialect.DIALECT;
            case CUSTOM -> {
                CustomNames names = CustomNames.withPrefix("inhouse_");
                yield CustomDialect.of(new EngineMetricNames(
                        names.running(),
                        names.waiting(),
                        names.completed(),
                        Optional.of(names.aborted()),
                        Optional.of(names.promptTokens()),
                        Optional.of(names.generationTokens()),
                        Optional.of(names.timeToFirstToken()),
                        Optional.of(names.timePerOutputToken()),
                        Optional.of(names.endToEnd()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
            }
        };
    }

    static Stream<Adapter> adapters() {
        return Stream.of(Adapter.values()).filter(adapter -> adapter == Adapter.SCRAPE || isFound());
    }

    static Stream<Arguments> adaptersAndKinds() {
        return adapters()
                .flatMap(adapter -> Arrays.stream(EngineKind.values()).map(kind -> Arguments.of(adapter, kind)));
    }

    private static boolean isFound() {
        return PrometheusServer.find().isPresent();
    }

    private static ModelObservation of(
            Map<Adapter, SortedMap<ModelKey, ModelObservation>> seen, Adapter adapter, String model) {
        return Optional.ofNullable(seen.get(adapter))
                .map(ofAdapter -> ofAdapter.get(TwoViews.model(model)))
                .orElseThrow();
    }

    private static TierLoad tier(ModelObservation seen) {
        return seen.tier(TwoViews.TIER).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("adaptersAndKinds")
    void seesWhatTheEnginesDo(Adapter adapter, EngineKind kind) {
        ModelObservation seen = of(minute, adapter, word(kind));
        TierLoad load = tier(seen);
        assertThat(seen.freshness()).isEqualTo(Freshness.FRESH);
        // llama.cpp does not count requests: its tokens are divided by the length of a chat's answers.
        double counted = kind == EngineKind.LLAMA_CPP
                ? LiveEngines.OUTPUT / TokenMix.CHAT.meanOutput().count()
                : 1;
        assertThat(load.completed().perSecond())
                .isEqualTo(counted * BOTH_PODS, within(AGREEMENT * counted * BOTH_PODS));
        assertThat(load.offered().perSecond())
                .isEqualTo(counted * BOTH_PODS, within(2 * AGREEMENT * counted * BOTH_PODS));
        assertThat(load.output().perSecond())
                .isEqualTo(BOTH_PODS * LiveEngines.OUTPUT, within(AGREEMENT * BOTH_PODS * LiveEngines.OUTPUT));
        assertThat(load.waiting()).isLessThan(5);
        assertThat(seen.pods()).hasSize(2).allSatisfy((pod, shown) -> {
            assertThat(shown.freshness()).isEqualTo(Freshness.FRESH);
            assertThat(shown.completed()).isGreaterThan(50 * counted * LiveEngines.REQUESTS_PER_SECOND);
        });
    }

    @ParameterizedTest
    @EnumSource
    @NeedsPrometheus
    void bothAdaptersSeeTheSame(EngineKind kind) {
        TierLoad scraped = tier(of(minute, Adapter.SCRAPE, word(kind)));
        TierLoad asked = tier(of(minute, Adapter.PROMETHEUS, word(kind)));
        close(scraped, asked, load -> load.offered().perSecond());
        close(scraped, asked, load -> load.completed().perSecond());
        close(scraped, asked, load -> load.input().perSecond());
        close(scraped, asked, load -> load.output().perSecond());
        assertThat(asked.kvCapacity()).isEqualTo(scraped.kvCapacity());
        alike(scraped.timeToFirstToken(), asked.timeToFirstToken());
        alike(scraped.timePerOutputToken(), asked.timePerOutputToken());
        alike(scraped.endToEnd(), asked.endToEnd());
        alike(scraped.promptTokens(), asked.promptTokens());
        alike(scraped.generationTokens(), asked.generationTokens());
    }

    private static void close(TierLoad scraped, TierLoad asked, ToDoubleFunction<TierLoad> figure) {
        double expected = figure.applyAsDouble(scraped);
        assertThat(figure.applyAsDouble(asked)).isEqualTo(expected, within(AGREEMENT * expected));
    }

    /** As many observations, with the same sum, and every percentile in the same bucket. */
    private static void alike(Optional<Histogram> scraped, Optional<Histogram> asked) {
        assertThat(asked.isPresent()).isEqualTo(scraped.isPresent());
        if (scraped.isEmpty() || asked.isEmpty()) {
            return;
        }
        double count = scraped.get().count();
        assertThat(asked.get().count()).isEqualTo(count, within(AGREEMENT * count));
        assertThat(asked.get().sum())
                .isEqualTo(scraped.get().sum(), within(AGREEMENT * scraped.get().sum()));
        for (double percentile : new double[] {50, 95}) {
            QuantileRange one =
                    QuantileRange.of(scraped.get(), new Percentile(percentile)).orElseThrow();
            QuantileRange other =
                    QuantileRange.of(asked.get(), new Percentile(percentile)).orElseThrow();
            assertThat(other.range().high().value())
                    .isEqualTo(
                            one.range().high().value(),
                            within(AGREEMENT * one.range().high().value()));
        }
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void aRestartIsNoLull(Adapter adapter) {
        ModelObservation seen = of(troubled, adapter, "restarting");
        assertThat(seen.freshness()).isEqualTo(Freshness.FRESH);
        assertThat(tier(seen).offered().perSecond()).isBetween(.9 * BOTH_PODS, 1.1 * BOTH_PODS);
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void whatAPodThatIsGoneDidStillCountsInItsWindow(Adapter adapter) {
        ModelObservation seen = of(troubled, adapter, "vanishing");
        assertThat(seen.freshness()).isEqualTo(Freshness.FRESH);
        assertThat(tier(seen).completed().perSecond()).isBetween(.6 * BOTH_PODS, .95 * BOTH_PODS);
        assertThat(seen.pods()).containsOnlyKeys("vanishing-a");
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void aPodThatStallsIsTakenToBeAsBusyAsTheOther(Adapter adapter) {
        ModelObservation seen = of(troubled, adapter, "stalling");
        assertThat(seen.freshness()).isEqualTo(Freshness.FRESH);
        assertThat(tier(seen).offered().perSecond()).isGreaterThan(.95 * BOTH_PODS);
        assertThat(seen.pods().values())
                .filteredOn(pod -> pod.pod().equals("stalling-b"))
                .allMatch(pod -> !pod.isIdle());
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void aModelOfWhichNothingIsHeardIsNotFresh(Adapter adapter) {
        ModelObservation seen = of(troubled, adapter, "silent");
        assertThat(seen.freshness()).isEqualTo(Freshness.STALE);
        assertThat(tier(seen).offered().perSecond()).isGreaterThan(.5 * BOTH_PODS);
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void everyPodCountsOnceHoweverItIsScraped(Adapter adapter) {
        for (String model : List.of("twice", "routed", "bare")) {
            TierLoad load = tier(of(minute, adapter, model));
            assertThat(load.offered().perSecond()).isEqualTo(BOTH_PODS, within(AGREEMENT * BOTH_PODS));
            assertThat(load.running()).isLessThan(40);
        }
    }

    @Test
    @NeedsPrometheus
    void aPrometheusThatStopsOrLosesItsDataLooksLikeNoLull() throws InterruptedException {
        PrometheusServer server = views.server().orElseThrow();
        server.stop();
        views.watch(Duration.ofSeconds(3));
        ModelObservation gone = of(views.seen(), Adapter.PROMETHEUS, "steady");
        assertThat(gone.freshness()).isEqualTo(Freshness.STALE);
        assertThat(tier(gone).offered().perSecond()).isGreaterThan(.95 * BOTH_PODS);

        server.startAgain(Data.LOST);
        int fresh = 0;
        for (int second = 0; second < 40 && fresh < 3; second++) {
            views.watch(TwoViews.SECOND);
            ModelObservation back = of(views.seen(), Adapter.PROMETHEUS, "steady");
            if (back.freshness() == Freshness.FRESH) {
                fresh++;
                assertThat(tier(back).offered().perSecond()).isBetween(.75 * BOTH_PODS, 1.25 * BOTH_PODS);
            }
        }
        assertThat(fresh).isEqualTo(3);
    }
}
