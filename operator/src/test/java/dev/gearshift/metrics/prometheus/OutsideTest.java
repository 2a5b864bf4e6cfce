package dev.gearshift.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.DemandSource;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.Knocking;
import dev.gearshift.core.model.Knocking.Silence;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.QueryText;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.loop.MetricsSource.Model;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is seen in front of the replicas, through the whole source. */
class OutsideTest {

    private static final ModelKey CHAT = new ModelKey("team", "chat");
    private static final ModelKey OTHER = new ModelKey("guild", "chat");
    private static final TierName L4 = new TierName("l4");
    private static final Target POD = new Target(CHAT, L4, "a", true);
    private static final DemandSource GATEWAY = new DemandSource.Gateway();
    private static final DemandSource PICKER = new DemandSource.EndpointPicker();

    private final CannedAnswers engines = new CannedAnswers();
    private final List<String> elements = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private FakePrometheus server;

    @SuppressWarnings("NullAway.Init")
    private PrometheusApi api;

    @SuppressWarnings("NullAway.Init")
    private PrometheusMetrics metrics;

    private volatile boolean demandFails;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void start() throws IOException {
        server = new FakePrometheus((exchange, promql) -> {
            boolean outside = promql.contains("gen_ai_") || promql.contains("epp_");
            if (outside && demandFails) {
                FakePrometheus.says(422, "{\"status\":\"error\",\"error\":\"no\"}")
                        .answer(exchange, promql);
            } else if (outside) {
                List<String> told = elements.stream()
                        .filter(element ->
                                promql.contains(element.replaceAll(".*gearshift_kind\":(\"[A-Z_]+\").*", "$1")))
                        .toList();
                FakePrometheus.says(200, FakePrometheus.vector(told.toArray(String[]::new)))
                        .answer(exchange, promql);
            } else {
                engines.answer(exchange, promql);
            }
        });
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

    private static Model model(ModelKey key, String name, DemandSource source) {
        return new Model(key, name, false, Optional.of(source));
    }

    private void shown(Kind kind, String value, String... labels) {
        StringBuilder metric = new StringBuilder("{\"metric\":{");
        for (int i = 0; i < labels.length; i += 2) {
            metric.append(String.format(Locale.ROOT, "\"%s\":\"%s\",", labels[i], labels[i + 1]));
        }
        elements.add(metric + "\"gearshift_kind\":\"" + kind.word() + "\"},\"value\":[1700000000,\"" + value + "\"]}");
    }

    private void gateway(Kind kind, String namespace, String name, String value) {
        shown(kind, value, "namespace", namespace, "gen_ai_request_model", name);
    }

    private SortedMap<ModelKey, ModelObservation> observe(List<Target> targets, Model... models) {
        now = now.plusSeconds(15);
        return metrics.observe(new MetricsSource.Fleet(List.of(models), targets), now);
    }

    private Knocking knocking(ModelKey key, Model... models) {
        return observe(List.of(), models)
                .getOrDefault(key, ModelObservation.ABSENT)
                .knocking();
    }

    private static double rate(Knocking knocking) {
        return knocking.heard().orElseThrow().perSecond();
    }

    @Test
    void aModelWithoutReplicasIsHeardThroughItsGateway() {
        gateway(Kind.GATEWAY_RATE, "gateways", "llama", "1.5");
        gateway(Kind.GATEWAY_RATE, "more", "llama", "0.5");
        gateway(Kind.GATEWAY_NEW, "gateways", "llama", "1");
        gateway(Kind.GATEWAY_RATE, "gateways", "other", "7");
        assertThat(rate(knocking(CHAT, model(CHAT, "llama", GATEWAY)))).isEqualTo(2 + 1 / 60.0, within(1e-9));
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void zeroIsHeardAndNothingIsNot() {
        gateway(Kind.GATEWAY_RATE, "gateways", "llama", "0");
        assertThat(rate(knocking(CHAT, model(CHAT, "llama", GATEWAY)))).isZero();
        assertThat(knocking(CHAT, model(CHAT, "lama", GATEWAY))).isEqualTo(new Knocking.Unheard(Silence.UNSEEN, ""));
        gateway(Kind.GATEWAY_RATE, "gateways", "nan", "NaN");
        assertThat(knocking(CHAT, model(CHAT, "nan", GATEWAY)).heard()).isEmpty();
    }

    @Test
    void anEndpointPickersQueueAndRefusalsAreDemand() {
        shown(Kind.PICKER_WAITING, "6", "namespace", "team", "model_name", "alias", "target_model_name", "llama");
        shown(Kind.PICKER_RATE, "0.5", "namespace", "team", "model_name", "llama");
        shown(Kind.PICKER_REFUSED_RATE, "0.25", "namespace", "team", "model_name", "llama", "target_model_name", "");
        assertThat(rate(knocking(CHAT, model(CHAT, "llama", PICKER)))).isEqualTo(0.6, within(1e-9));
        assertThat(knocking(CHAT, model(CHAT, "llama", GATEWAY)).heard()).isEmpty();
        shown(Kind.PICKER_REFUSED_NEW, "30", "namespace", "team", "model_name", "llama");
        assertThat(rate(knocking(CHAT, model(CHAT, "llama", PICKER))))
                .as("of what was sent and what was refused the greater, for the one may be part of the other")
                .isEqualTo(0.85, within(1e-9));
    }

    @Test
    void moreThanCanBeTrueIsNotHeard() {
        gateway(Kind.GATEWAY_RATE, "gateways", "llama", "1e300");
        assertThat(knocking(CHAT, model(CHAT, "llama", GATEWAY)).heard()).isEmpty();
        gateway(Kind.GATEWAY_RATE, "gateways", "llama", "9e15");
        assertThat(rate(knocking(CHAT, model(CHAT, "llama", GATEWAY)))).isEqualTo(9e15);
        gateway(Kind.GATEWAY_RATE, "more", "llama", "9e15");
        assertThat(knocking(CHAT, model(CHAT, "llama", GATEWAY)).heard()).isEmpty();
    }

    @Test
    void twoModelsOfOneNameAreToldApartByNamespaceOrNotAtAll() {
        Model[] both = {model(CHAT, "llama", GATEWAY), model(OTHER, "llama", GATEWAY)};
        gateway(Kind.GATEWAY_RATE, "gateways", "llama", "3");
        SortedMap<ModelKey, ModelObservation> seen = observe(List.of(), both);
        assertThat(seen.values())
                .extracting(ModelObservation::knocking)
                .containsOnly(new Knocking.Unheard(Silence.AMBIGUOUS, ""));
        gateway(Kind.GATEWAY_RATE, "team", "llama", "2");
        assertThat(rate(knocking(CHAT, both))).isEqualTo(2);
        assertThat(knocking(OTHER, both)).isEqualTo(new Knocking.Unheard(Silence.AMBIGUOUS, ""));
        Model twin = model(new ModelKey("team", "twin"), "llama", GATEWAY);
        assertThat(knocking(CHAT, model(CHAT, "llama", GATEWAY), twin).heard()).isEmpty();
    }

    @Test
    void aQueryThatFailsDoesNotMakeTheEnginesFiguresOld() {
        engines.pod("a", 5, 3, 1).tier(60, 2.0, 6);
        demandFails = true;
        ModelObservation seen =
                observe(List.of(POD), model(CHAT, "llama", GATEWAY)).get(CHAT);
        assertThat(seen).isNotNull();
        assertThat(seen.freshness()).isEqualTo(Freshness.FRESH);
        assertThat(seen.knocking()).isEqualTo(new Knocking.Unheard(Silence.UNSEEN, ""));
    }

    @Test
    void fifteenQueriesAreTheMostWhateverTheFleet() {
        engines.pod("a", 5, 3, 1).tier(60, 2.0, 6);
        List<Model> models = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            DemandSource source = i % 3 == 0
                    ? GATEWAY
                    : i % 3 == 1 ? PICKER : new DemandSource.Query(new QueryText("vector(" + i + ")"));
            models.add(new Model(new ModelKey("team", "m" + i), "m" + i, true, Optional.of(source)));
        }
        models.add(new Model(CHAT, "llama", true, Optional.empty()));
        observe(List.of(POD), models.toArray(Model[]::new));
        models.add(model(new ModelKey("team", "late"), "late", new DemandSource.Query(new QueryText("vector(0)"))));
        int before = server.asked().size();
        observe(List.of(POD), models.toArray(Model[]::new));
        assertThat(server.asked().size() - before).isEqualTo(15);
    }

    @Test
    void aGatewaysLatenciesReplaceTheEnginesAndAreSharedOutByWhatTiersCompleted() {
        TierName h100 = new TierName("h100");
        engines.pod("a", 5, 3, 1).tier(60, 2.0, 6);
        for (String[] bucket : new String[][] {{"0.5", "6"}, {"1", "8"}, {"+Inf", "8"}}) {
            shown(
                    Kind.GATEWAY_FIRST_TOKEN,
                    bucket[1],
                    "namespace",
                    "g",
                    "gen_ai_request_model",
                    "llama",
                    "le",
                    bucket[0]);
        }
        gateway(Kind.GATEWAY_FIRST_TOKEN, "g", "llama", "4");
        List<Target> targets = List.of(POD, new Target(CHAT, h100, "b", false));
        ModelObservation seen = observe(targets, new Model(CHAT, "llama", true, Optional.empty()))
                .get(CHAT);
        assertThat(seen).isNotNull();
        TierLoad l4 = seen.tier(L4).orElseThrow();
        assertThat(l4.timeToFirstToken())
                .contains(new Histogram(new double[] {0.5, 1, Double.POSITIVE_INFINITY}, new double[] {6, 2, 0}, 4));
        assertThat(l4.endToEnd()).isEmpty();
        assertThat(seen.tier(h100).orElseThrow().timeToFirstToken()).isEmpty();
        ModelObservation own = observe(targets, new Model(CHAT, "llama", false, Optional.empty()))
                .get(CHAT);
        assertThat(own)
                .isNotNull()
                .satisfies(engine -> assertThat(engine.tier(L4).orElseThrow().timeToFirstToken())
                        .isEmpty());
    }

    @Test
    void sharesOfTheWholeAddUpToIt() {
        Histogram whole = new Histogram(new double[] {1, Double.POSITIVE_INFINITY}, new double[] {3, 1}, 5);
        ModelObservation seen = new ModelObservation(
                Freshness.FRESH,
                Optional.empty(),
                List.of(completing("l4", 3), completing("h100", 1), TierLoad.absent(new TierName("a100"))),
                new TreeMap<>());
        ModelObservation told = GatewayLatencies.in(seen, kind -> Optional.of(whole));
        assertThat(told.tier(L4).orElseThrow().endToEnd()).contains(whole.times(0.75));
        assertThat(told.tier(new TierName("h100")).orElseThrow().endToEnd()).contains(whole.times(0.25));
        assertThat(told.tier(new TierName("a100")).orElseThrow().endToEnd()).isEmpty();
    }

    private static TierLoad completing(String tier, double perSecond) {
        TierLoad none = TierLoad.absent(new TierName(tier));
        return new TierLoad(
                none.tier(),
                Freshness.FRESH,
                none.offered(),
                new RequestRate(perSecond),
                none.failed(),
                none.input(),
                none.output(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void theQueryIsTheSameForEveryFleetAndWhatSeriesMustCarryIsQuoted() {
        SortedMap<String, String> only = new TreeMap<>(Map.of("cluster", "a\"}"));
        OutsideExpressions write =
                new OutsideExpressions(TargetLabels.DEFAULT.only(only), Windows.scrapedEvery(Duration.ofSeconds(15)));
        String promql = write.demand(true, false).get(Kind.GATEWAY_RATE);
        assertThat(promql)
                .isNotNull()
                .startsWith("(sum by (namespace, gen_ai_request_model) (max without (" + Expressions.SCRAPE_LABELS
                        + ") (label_replace(label_join(rate("
                        + "gen_ai_server_request_duration_seconds_count{gen_ai_request_model!=\"\",cluster=\"a\\\"}\"}[60s]), "
                        + "\"gearshift_at\", \"|\", \"pod\", \"instance\")")
                .contains(") or on (gen_ai_request_model) (sum by (namespace, gen_ai_request_model) (max without (");
        assertThat(write.demand(true, false).get(Kind.GATEWAY_NEW))
                .contains("(up{cluster=\"a\\\"}\"} offset 60s == 1)");
        assertThat(write.demand(false, true))
                .doesNotContainKey(Kind.GATEWAY_RATE)
                .containsKey(Kind.PICKER_WAITING);
    }

    @Test
    void zerosOfTheHourComeAfterEveryRateAndOnlyFromSourcesThatAreScraped() {
        OutsideExpressions write =
                new OutsideExpressions(TargetLabels.DEFAULT, Windows.scrapedEvery(Duration.ofSeconds(15)));
        write.demand(true, true).forEach((kind, promql) -> {
            int zeros = promql.indexOf(" or 0 * ");
            assertThat(zeros >= 0).as("%s", kind).isEqualTo(kind.name().endsWith("_RATE"));
            if (zeros >= 0) {
                assertThat(promql.lastIndexOf("rate(")).isLessThan(zeros);
            }
        });
        assertThat(write.demand(true, false).get(Kind.GATEWAY_RATE))
                .contains(" or 0 * sum by (namespace, gen_ai_request_model) (last_over_time("
                        + "gen_ai_server_request_duration_seconds_count{gen_ai_request_model!=\"\"}[3600s])"
                        + " and on (namespace, job) last_over_time("
                        + "gen_ai_server_request_duration_seconds_count{}[120s])) or 0 * ");
        assertThat(new OutsideExpressions(TargetLabels.DEFAULT, Windows.scrapedEvery(Duration.ofMinutes(5)))
                        .demand(true, false)
                        .get(Kind.GATEWAY_RATE))
                .as("two scrapes fit in")
                .contains("{}[600s]");
    }

    @Test
    void everySeriesCountsOnceHoweverOftenItIsScraped() {
        OutsideExpressions write =
                new OutsideExpressions(TargetLabels.DEFAULT, Windows.scrapedEvery(Duration.ofSeconds(15)));
        Map<Kind, String> all = new TreeMap<>(write.demand(true, true));
        all.putAll(write.latencies());
        all.forEach((kind, promql) -> assertThat(promql.split("(?<!0 \\* )sum by", -1).length)
                .as("%s", kind)
                .isEqualTo(promql.split("max without", -1).length));
        assertThat(Expressions.told(write.demand(true, true)).length())
                .as("some servers refuse more")
                .isLessThan(16 * 1024);
    }
}
