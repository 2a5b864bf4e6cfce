package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.PodLoad;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TokenRate;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.metrics.PodKey;
import dev.gearshift.metrics.Windows;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.prometheus.Directory.Place;
import dev.gearshift.prometheus.PrometheusApi.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Puts the answers of one round together to what is known of each model; see {@link TierPods} for pods that do not answer. Age is
 * counted by the server's clock, from the sample to the evaluation of the query: ours may be wrong.
 */
final class FleetReading {

    /** Names in a query; a fleet with more namespaces without labels has to be labelled. */
    private static final int MOST_NAMESPACES = 50;

    /** A scrape may be late by as much as this before it is missed. */
    private static final double SCRAPE_AND_A_HALF = 1.5;

    private final Directory directory;
    private final Windows windows;
    private final Figures<PodKey> load;
    private final Figures<PodKey> seen;
    private final Figures<Place> began;
    private final Figures<Place> requests;
    private final Figures<Place> tokens;
    private final Map<Distribution, Shapes<Place>> shapes = new EnumMap<>(Distribution.class);
    private final Optional<CacheSizes> caches;
    private final Predicate<PodKey> isNew;
    private final boolean partial;

    /**
     * A reading.
     *
     * @param round with an answer to every essential query
     * @param directory whose the elements of the answers are
     * @param isNew whether a pod became ready so lately that it is not missed
     */
    FleetReading(FleetQueries queries, Round round, Directory directory, Windows windows, Predicate<PodKey> isNew) {
        this.directory = directory;
        this.windows = windows;
        this.load = round.of(queries.load()).given().orElseThrow();
        this.seen = round.of(queries.seen()).given().orElseThrow();
        this.began = round.of(queries.began()).given().orElseThrow();
        this.requests = round.of(queries.requests()).given().orElseThrow();
        this.tokens = round.of(queries.tokens()).given().orElseThrow();
        queries.histograms()
                .forEach((kind, query) -> round.of(query).given().ifPresent(given -> shapes.put(kind, given)));
        this.caches = queries.cache().flatMap(query -> round.of(query).given());
        this.isNew = isNew;
        this.partial = !round.missing().isEmpty() || !round.warnings().isEmpty();
    }

    /** What is known of a model. */
    ModelObservation of(ModelKey model, List<Target> targets) {
        SortedMap<String, PodLoad> pods = new TreeMap<>();
        SortedMap<TierName, List<Target>> byTier = new TreeMap<>();
        for (Target target : targets) {
            byTier.computeIfAbsent(target.tier(), any -> new ArrayList<>()).add(target);
            pod(PodKey.of(target)).ifPresent(shown -> pods.put(target.pod(), shown));
        }
        OptionalDouble last = targets.stream()
                .map(target -> seen.get(PodKey.of(target), Kind.LAST_SEEN))
                .flatMapToDouble(OptionalDouble::stream)
                .max();
        double covered = last.isPresent() ? covered(model, byTier.keySet(), last.getAsDouble()) : 0;
        List<TierLoad> loads = new ArrayList<>();
        Optional<Freshness> worst = Optional.empty();
        for (Map.Entry<TierName, List<Target>> entry : byTier.entrySet()) {
            TierPods of = new TierPods(entry.getValue(), pods, isNew, this::seenPart);
            Place place = new Place(model, entry.getKey());
            TierLoad shown = tier(place, of, covered);
            loads.add(shown);
            if (of.isDue()
                    && !begins(place, of, shown)
                    && (worst.isEmpty() || shown.freshness().compareTo(worst.get()) > 0)) {
                worst = Optional.of(shown.freshness());
            }
        }
        return new ModelObservation(
                worst.orElse(Freshness.ABSENT),
                last.isPresent() ? Optional.of(age(last.getAsDouble())) : Optional.empty(),
                loads,
                pods);
    }

    /**
     * Whether a tier's scrapes have only begun, so that there is no rate yet. That says nothing against the model's other tiers; one
     * that was scraped throughout the window and shows no rate does.
     */
    private boolean begins(Place place, TierPods pods, TierLoad shown) {
        double whole = seconds(windows.planning().minus(windows.interval()));
        return shown.freshness() == Freshness.ABSENT
                && pods.freshness() == Freshness.FRESH
                && seen.evaluated() - began.get(place, Kind.FIRST_SEEN).orElse(seen.evaluated()) < whole;
    }

    /** Namespaces with a pod that should have been heard and carries no label of its model. */
    SortedSet<String> withoutLabels(List<Target> targets) {
        SortedSet<String> namespaces = new TreeSet<>();
        for (Target target : targets) {
            boolean missed = target.ready() && !directory.isLabelled(new Place(target.model(), target.tier()));
            if (missed && namespaces.size() < MOST_NAMESPACES) {
                namespaces.add(target.model().namespace());
            }
        }
        return namespaces;
    }

    private Optional<PodLoad> pod(PodKey key) {
        OptionalDouble at = seen.get(key, Kind.LAST_SEEN);
        OptionalDouble running = load.get(key, Kind.RUNNING);
        OptionalDouble waiting = load.get(key, Kind.WAITING);
        if (at.isEmpty() || running.isEmpty() || waiting.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PodLoad(
                key.pod(),
                atBest(windows.freshness(age(at.getAsDouble()))),
                running.getAsDouble(),
                waiting.getAsDouble(),
                load.get(key, Kind.COMPLETED).orElse(0)));
    }

    private Duration age(double sampled) {
        return Duration.ofMillis(Math.max(0, Math.round(1000 * (seen.evaluated() - sampled))));
    }

    /** For which part of the planning window a pod was seen: all of it, but for the time since its last scrape was due. */
    private double seenPart(PodKey pod) {
        OptionalDouble at = seen.get(pod, Kind.LAST_SEEN);
        if (at.isEmpty()) {
            return 0;
        }
        double silent = seen.evaluated() - at.getAsDouble() - SCRAPE_AND_A_HALF * seconds(windows.interval());
        return Math.max(0, 1 - Math.max(0, silent) / seconds(windows.planning()));
    }

    /** Part of the answer is missing, perhaps the part that matters: nothing is released on it. */
    private Freshness atBest(Freshness freshness) {
        return partial ? freshness.atBest(Freshness.PARTIAL) : freshness;
    }

    /** For how many seconds of the planning window the model was watched: from one interval before the first scrape in it. */
    private double covered(ModelKey model, Collection<TierName> tiers, double last) {
        OptionalDouble first = tiers.stream()
                .map(tier -> began.get(new Place(model, tier), Kind.FIRST_SEEN))
                .flatMapToDouble(OptionalDouble::stream)
                .min();
        if (first.isEmpty()) {
            return 0;
        }
        double watched = last - first.getAsDouble();
        return watched <= 0 ? 0 : Math.min(seconds(windows.planning()), watched + seconds(windows.interval()));
    }

    private TierLoad tier(Place place, TierPods pods, double covered) {
        Freshness freshness = atBest(pods.freshness());
        OptionalDouble completed = requests.get(place, Kind.COMPLETION_RATE);
        if (freshness == Freshness.ABSENT || !(covered > 0) || completed.isEmpty()) {
            return TierLoad.absent(place.tier());
        }
        // A rate is taken over the whole window; where only a part of it was watched, it is of that part.
        double window = seconds(windows.planning());
        double scale = pods.rateScale() * window / covered;
        double growth =
                (value(requests, place, Kind.RUNNING_GROWTH) + value(requests, place, Kind.WAITING_GROWTH)) / window;
        double aborted = value(requests, place, Kind.ABORTION_RATE);
        boolean watchedEnough = covered >= seconds(windows.leastCoverage());
        return new TierLoad(
                place.tier(),
                watchedEnough || freshness != Freshness.FRESH ? freshness : Freshness.STALE,
                new RequestRate(Math.max(0, scale * (completed.getAsDouble() + aborted + growth))),
                new RequestRate(scale * completed.getAsDouble()),
                new RequestRate(scale * value(requests, place, Kind.FAILURE_RATE)),
                new TokenRate(scale * value(tokens, place, Kind.PROMPT_RATE)),
                new TokenRate(scale * value(tokens, place, Kind.GENERATION_RATE)),
                pods.sum(PodLoad::running),
                pods.sum(PodLoad::waiting),
                histogram(Distribution.TIME_TO_FIRST_TOKEN, place),
                histogram(Distribution.TIME_PER_OUTPUT_TOKEN, place),
                histogram(Distribution.END_TO_END, place),
                histogram(Distribution.PROMPT_LENGTH, place),
                histogram(Distribution.GENERATION_LENGTH, place),
                caches.flatMap(sizes -> sizes.of(place)));
    }

    private Optional<Histogram> histogram(Distribution kind, Place place) {
        return Optional.ofNullable(shapes.get(kind)).flatMap(known -> known.of(place));
    }

    private static double value(Figures<Place> figures, Place place, Kind kind) {
        return figures.get(place, kind).orElse(0);
    }

    private static double seconds(Duration span) {
        return span.toMillis() / 1e3;
    }
}
