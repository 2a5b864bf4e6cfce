package dev.gearshift.telemetry;

import dev.gearshift.core.Outcome;
import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.TierStatus;
import dev.gearshift.loop.PlanSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Meters made from decisions; {@code docs/metrics.md} lists them. The series of a model go when its decisions end. At most
 * {@link #MOST_MODELS} models have series of their own, those that came first: a fleet that outgrows this is told so by
 * {@code gearshift_models_without_series} instead of taking the monitoring system down.
 */
public final class DecisionMeters implements PlanSink {

    /** So many models have series of their own. */
    public static final int MOST_MODELS = 2_000;

    private record ModelGauges(GaugeFamily family, Function<Decision, Map<Tags, Double>> rows) {}

    private final int mostModels;
    private final List<ModelGauges> perModel;
    private final GaugeFamily benched;
    private final GaugeFamily withoutSeries;
    private final Map<ReasonKind, Counter> news = new EnumMap<>(ReasonKind.class);
    private final SortedSet<ModelKey> shown = new TreeSet<>();
    private Map<ModelKey, ReasonKind> headlines = Map.of();

    /** Meters in a registry, which must not hold any of these names yet. */
    public DecisionMeters(MeterRegistry registry) {
        this(registry, MOST_MODELS);
    }

    DecisionMeters(MeterRegistry registry, int mostModels) {
        this.mostModels = mostModels;
        perModel = List.of(
                new ModelGauges(
                        new GaugeFamily(registry, "gearshift.replicas", "Replicas by tier and state"),
                        ModelRows::replicas),
                new ModelGauges(
                        new GaugeFamily(registry, "gearshift.cost.dollars.per.hour", "The bill for what is planned"),
                        ModelRows::cost),
                new ModelGauges(
                        new GaugeFamily(registry, "gearshift.demand.requests.per.second", "How much is asked"),
                        ModelRows::demand),
                new ModelGauges(
                        new GaugeFamily(
                                registry,
                                "gearshift.slo.attainment.ratio",
                                "Bounds of the share of requests that met a latency target"),
                        ModelRows::attainment),
                new ModelGauges(
                        new GaugeFamily(
                                registry,
                                "gearshift.slo.error.budget.remaining.ratio",
                                "What is certainly left of a latency target's error budget"),
                        ModelRows::errorBudget),
                new ModelGauges(
                        new GaugeFamily(
                                registry, "gearshift.metrics.age.seconds", "How old the newest sample of a model is"),
                        ModelRows::metricsAge),
                new ModelGauges(
                        new GaugeFamily(
                                registry,
                                "gearshift.metrics.fresh",
                                "1 while the engines' metrics are recent enough to decide on"),
                        ModelRows::fresh));
        benched = new GaugeFamily(
                registry, "gearshift.tier.benched", "1 while a tier is not asked because it had nothing to give");
        withoutSeries = new GaugeFamily(
                registry, "gearshift.models.without.series", "Models beyond those that have series of their own");
        // Counters stand at zero from the start: the first increment of a series that was not there is invisible to
        // rate().
        for (ReasonKind kind : ReasonKind.values()) {
            news.put(
                    kind,
                    Counter.builder("gearshift.decisions")
                            .description("Decisions whose first reason is not that of the model's decision before")
                            .tag("reason", ModelRows.word(kind))
                            .register(registry));
        }
    }

    @Override
    public synchronized void publish(Outcome outcome, Instant now) {
        List<Decision> decisions = outcome.decisions();
        countNews(decisions);
        admit(decisions);
        for (ModelGauges gauges : perModel) {
            Map<Tags, Double> rows = new HashMap<>();
            decisions.stream()
                    .filter(decision -> shown.contains(decision.model()))
                    .forEach(decision -> rows.putAll(gauges.rows().apply(decision)));
            gauges.family().show(rows);
        }
        benched.show(benches(decisions, now));
        withoutSeries.show(Map.of(Tags.empty(), (double) (decisions.size() - shown.size())));
    }

    private void countNews(List<Decision> decisions) {
        Map<ModelKey, ReasonKind> latest = new HashMap<>();
        for (Decision decision : decisions) {
            ReasonKind kind = decision.headline().kind();
            latest.put(decision.model(), kind);
            Counter counter = news.get(kind);
            if (counter != null && headlines.get(decision.model()) != kind) {
                counter.increment();
            }
        }
        headlines = latest;
    }

    /** Models that have series keep them, so that a new one does not break the graphs of an old one. */
    private void admit(List<Decision> decisions) {
        shown.retainAll(decisions.stream().map(Decision::model).collect(Collectors.toSet()));
        for (Decision decision : decisions) {
            if (shown.size() < mostModels) {
                shown.add(decision.model());
            }
        }
    }

    private static Map<Tags, Double> benches(List<Decision> decisions, Instant now) {
        Map<Tags, Double> rows = new HashMap<>();
        for (Decision decision : decisions) {
            for (TierStatus tier : decision.tiers()) {
                boolean held = tier.stockOutUntil().filter(now::isBefore).isPresent();
                rows.merge(Tags.of("tier", tier.tier().value()), held ? 1.0 : 0.0, Math::max);
            }
        }
        return rows;
    }
}
