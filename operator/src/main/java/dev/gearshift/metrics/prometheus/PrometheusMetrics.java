package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.PodLoad;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.metrics.PodKey;
import dev.gearshift.metrics.Windows;
import dev.gearshift.metrics.engine.EngineDialect;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;
import dev.gearshift.metrics.engine.Served;
import dev.gearshift.prometheus.PrometheusApi;
import dev.gearshift.prometheus.PrometheusApi.Round;
import dev.gearshift.prometheus.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The metrics source of clusters with Prometheus. Asks a constant number of queries a planning interval for the whole fleet; see
 * {@link FleetQueries} for what is asked and {@link FleetReading} for what is made of it, and {@link Outside} for what is asked in front of
 * the replicas. Fifteen queries at most together.
 *
 * <p>When the server does not answer, what it said last goes on as stale while it can be trusted, and is absent afterwards. When only
 * latencies are missing, or the server says that its answer is not whole, the observation is partial. An empty answer is absent, never
 * zero.
 */
public final class PrometheusMetrics implements MetricsSource {

    /** So long after a pod became ready its absence from an answer means nothing: it has to be found and scraped first. */
    static final Duration DISCOVERY = Duration.ofSeconds(60);

    private final PrometheusApi api;
    private final Function<Target, Served> served;
    private final TargetLabels labels;
    private final Windows windows;
    private final Consumer<Round> observer;
    private final Outside outside;
    private final SortedMap<PodKey, Instant> readySince = new TreeMap<>();
    private SortedSet<String> unlabelled = new TreeSet<>();
    private SortedMap<ModelKey, ModelObservation> last = new TreeMap<>();
    private Instant lastAt = Instant.MIN;

    /**
     * A source that has asked nothing yet.
     *
     * @param api the server
     * @param served what a pod serves, and in which dialect it tells
     * @param labels how series tell which pod they are of
     * @param windows over how long is looked
     * @param observer told of every round
     */
    public PrometheusMetrics(
            PrometheusApi api,
            Function<Target, Served> served,
            TargetLabels labels,
            Windows windows,
            Consumer<Round> observer) {
        this.api = api;
        this.served = served;
        this.labels = labels;
        this.windows = windows;
        this.observer = observer;
        this.outside = new Outside(labels, windows);
    }

    @Override
    public synchronized SortedMap<ModelKey, ModelObservation> observe(Fleet fleet, Instant now) {
        List<Target> targets = fleet.targets();
        noteReady(targets, now);
        SortedMap<ModelKey, List<Target>> byModel = new TreeMap<>();
        targets.forEach(target -> byModel.computeIfAbsent(target.model(), any -> new ArrayList<>())
                .add(target));
        Directory directory = new Directory(labels, targets);
        List<EngineDialect> dialects = dialects(byModel);
        Optional<FleetQueries> engines = dialects.isEmpty()
                ? Optional.empty()
                : Optional.of(FleetQueries.of(dialects, labels, windows, directory, unlabelled, wanted(fleet)));
        List<Query<?>> queries = new ArrayList<>();
        // Users' expressions are last: a server that rests is tried with the first query.
        engines.ifPresent(asked -> queries.addAll(asked.all()));
        queries.addAll(outside.ask(fleet.models(), now));
        if (queries.isEmpty()) {
            return new TreeMap<>();
        }
        Round round = api.ask(queries, now);
        observer.accept(round);
        SortedMap<ModelKey, ModelObservation> known = engines.map(
                        asked -> engines(asked, round, directory, byModel, now))
                .orElseGet(TreeMap::new);
        return outside.complete(known, fleet.models(), round, now);
    }

    private SortedMap<ModelKey, ModelObservation> engines(
            FleetQueries queries,
            Round whole,
            Directory directory,
            SortedMap<ModelKey, List<Target>> byModel,
            Instant now) {
        // What is asked of others than engines says nothing about whether the engines' figures are whole.
        Round round = whole.part(queries.all());
        boolean enough = queries.essential().stream()
                .allMatch(query -> round.of(query).given().isPresent());
        if (!enough) {
            return remembered(byModel, now);
        }
        FleetReading reading = new FleetReading(queries, round, directory, windows, pod -> isNew(pod, now));
        SortedMap<ModelKey, ModelObservation> known = new TreeMap<>();
        byModel.forEach((model, ofModel) -> known.put(model, reading.of(model, ofModel)));
        unlabelled = reading.withoutLabels(
                byModel.values().stream().flatMap(List::stream).toList());
        last = known;
        lastAt = now;
        return known;
    }

    private static Set<Distribution> wanted(Fleet fleet) {
        Set<Distribution> wanted = EnumSet.of(Distribution.PROMPT_LENGTH, Distribution.GENERATION_LENGTH);
        fleet.promised().forEach(objective -> wanted.add(Distribution.of(objective)));
        return wanted;
    }

    /** Each once, in the order of the engines; a declaration that is refused has an engine that shows nothing. */
    private List<EngineDialect> dialects(SortedMap<ModelKey, List<Target>> byModel) {
        return byModel.values().stream()
                .map(ofModel -> served.apply(ofModel.get(0)).dialect())
                .filter(dialect -> !dialect.gauge(Gauge.RUNNING).isEmpty())
                .distinct()
                .sorted(Comparator.comparing(EngineDialect::engine))
                .toList();
    }

    private void noteReady(List<Target> targets, Instant now) {
        SortedSet<PodKey> ready =
                targets.stream().filter(Target::ready).map(PodKey::of).collect(Collectors.toCollection(TreeSet::new));
        readySince.keySet().removeIf(pod -> !ready.contains(pod));
        ready.forEach(pod -> readySince.putIfAbsent(pod, now));
    }

    private boolean isNew(PodKey pod, Instant now) {
        Instant since = readySince.get(pod);
        return since == null || since.plus(DISCOVERY).isAfter(now);
    }

    private SortedMap<ModelKey, ModelObservation> remembered(Map<ModelKey, List<Target>> byModel, Instant now) {
        SortedMap<ModelKey, ModelObservation> known = new TreeMap<>();
        for (ModelKey model : byModel.keySet()) {
            ModelObservation before = last.getOrDefault(model, ModelObservation.ABSENT);
            known.put(model, before.age().isEmpty() ? ModelObservation.ABSENT : aged(before, now));
        }
        return known;
    }

    private ModelObservation aged(ModelObservation before, Instant now) {
        Duration age = before.age()
                .map(then -> then.plus(Duration.between(lastAt, now)))
                .orElse(Windows.STALE_AT_MOST);
        if (windows.freshness(age) == Freshness.ABSENT) {
            return ModelObservation.ABSENT;
        }
        List<TierLoad> tiers = before.tiers().stream()
                .map(tier -> tier.atBest(Freshness.STALE))
                .toList();
        SortedMap<String, PodLoad> pods = new TreeMap<>();
        before.pods().forEach((name, pod) -> pods.put(name, pod.atBest(Freshness.STALE)));
        return new ModelObservation(before.freshness().atBest(Freshness.STALE), Optional.of(age), tiers, pods);
    }
}
