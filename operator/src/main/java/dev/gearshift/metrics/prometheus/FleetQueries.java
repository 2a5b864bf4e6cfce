package dev.gearshift.metrics.prometheus;

import dev.gearshift.metrics.PodKey;
import dev.gearshift.metrics.Windows;
import dev.gearshift.metrics.engine.EngineDialect;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;
import dev.gearshift.metrics.engine.MetricName;
import dev.gearshift.prometheus.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The queries of one planning interval: eleven at most, whatever the number of models.
 *
 * @param load requests running, waiting and completed, by pod
 * @param seen when pods were scraped last, by pod
 * @param began when scrapes began within the planning window, by tier
 * @param requests requests per second, and the growth of those under way, by tier
 * @param tokens tokens per second, by tier
 * @param histograms latencies and lengths over the verdict window, by tier; one query a kind that an engine in use shows
 * @param cache sizes of KV caches, where an engine in use shows them
 */
record FleetQueries(
        Query<Figures<PodKey>> load,
        Query<Figures<PodKey>> seen,
        Query<Figures<Directory.Place>> began,
        Query<Figures<Directory.Place>> requests,
        Query<Figures<Directory.Place>> tokens,
        SortedMap<Distribution, Query<Shapes<Directory.Place>>> histograms,
        Optional<Query<CacheSizes>> cache) {

    FleetQueries {
        histograms = Collections.unmodifiableSortedMap(new TreeMap<>(histograms));
    }

    /** Without these nothing can be said. */
    List<Query<?>> essential() {
        return List.of(load, seen, began, requests, tokens);
    }

    /** All of them. */
    List<Query<?>> all() {
        List<Query<?>> all = new ArrayList<>(essential());
        all.addAll(histograms.values());
        cache.ifPresent(all::add);
        return all;
    }

    /**
     * The queries for a fleet.
     *
     * @param dialects of the engines in use; each once
     * @param directory whose the elements are
     * @param unlabelled namespaces in which pods are also asked for by name
     * @param wanted latencies and lengths that anybody uses
     */
    static FleetQueries of(
            List<EngineDialect> dialects,
            TargetLabels labels,
            Windows windows,
            Directory directory,
            SortedSet<String> unlabelled,
            Set<Distribution> wanted) {
        Expressions write = new Expressions(dialects, labels, unlabelled);
        String planning = "[" + seconds(windows.planning()) + "]";
        String trusted = "[" + seconds(Windows.STALE_AT_MOST) + "]";
        String step = ":" + seconds(windows.interval()) + "]";
        UnaryOperator<String> last = metric -> "last_over_time(" + metric + trusted + ")";
        UnaryOperator<String> rate = metric -> "rate(" + metric + planning + ")";
        UnaryOperator<String> growth = metric -> "delta(" + metric + planning + ")";
        // A failed scrape takes the series away at once; when it last succeeded is found by looking back.
        UnaryOperator<String> lastSeen = metric -> "(timestamp(" + metric + ") or max_over_time(timestamp(" + metric
                + ")[" + seconds(Windows.STALE_AT_MOST) + step + "))";
        // A sample is found for five minutes after it was taken: one from before a gap does not say that the gap was
        // watched.
        UnaryOperator<String> firstSeen = metric -> "min_over_time((timestamp(" + metric + ") > (time() - "
                + windows.interval().multipliedBy(2).toMillis() / 1e3 + "))[" + seconds(windows.planning()) + step
                + ")";

        Map<Kind, String> load = new EnumMap<>(Kind.class);
        load.put(Kind.RUNNING, write.byPod("sum", gauge(Gauge.RUNNING), last));
        load.put(Kind.WAITING, write.byPod("sum", gauge(Gauge.WAITING), last));
        load.put(Kind.COMPLETED, write.byPod("sum", counter(Counter.COMPLETED), last));
        Map<Kind, String> requests = new EnumMap<>(Kind.class);
        requests.put(Kind.COMPLETION_RATE, write.byTier("sum", counter(Counter.COMPLETED), rate));
        if (write.has(counter(Counter.ABORTED))) {
            requests.put(Kind.ABORTION_RATE, write.byTier("sum", counter(Counter.ABORTED), rate));
        }
        put(requests, Kind.FAILURE_RATE, write, counter(Counter.FAILED), rate);
        requests.put(Kind.RUNNING_GROWTH, write.byTier("sum", gauge(Gauge.RUNNING), growth));
        requests.put(Kind.WAITING_GROWTH, write.byTier("sum", gauge(Gauge.WAITING), growth));
        Map<Kind, String> tokens = new EnumMap<>(Kind.class);
        put(tokens, Kind.PROMPT_RATE, write, tokens(Counter.PROMPT_TOKENS, Distribution.PROMPT_LENGTH), rate);
        put(
                tokens,
                Kind.GENERATION_RATE,
                write,
                tokens(Counter.GENERATION_TOKENS, Distribution.GENERATION_LENGTH),
                rate);
        // Where no engine shows tokens the query is asked all the same and has no answer: absent, not zero.
        String tokensOrNone = tokens.isEmpty() ? "vector(0) > 0" : Expressions.told(tokens);

        SortedMap<Distribution, Query<Shapes<Directory.Place>>> histograms = new TreeMap<>();
        for (Distribution kind : Distribution.values()) {
            if (wanted.contains(kind) && write.has(dialect -> dialect.histogram(kind))) {
                String expression = write.histogram(
                        dialect -> dialect.histogram(kind),
                        metric -> "increase(" + metric + "[" + seconds(windows.verdict()) + "])");
                histograms.put(kind, shapes(kind, expression, directory));
            }
        }
        return new FleetQueries(
                byPod("load", Expressions.told(load), directory),
                byPod(
                        "last scrapes",
                        Expressions.told(Map.of(Kind.LAST_SEEN, write.byPod("max", gauge(Gauge.RUNNING), lastSeen))),
                        directory),
                byTier(
                        "first scrapes",
                        Expressions.told(Map.of(Kind.FIRST_SEEN, write.byTier("min", gauge(Gauge.RUNNING), firstSeen))),
                        directory),
                byTier("requests", Expressions.told(requests), directory),
                byTier("tokens", tokensOrNone, directory),
                histograms,
                cache(dialects, write, last, directory));
    }

    private static void put(
            Map<Kind, String> into,
            Kind kind,
            Expressions write,
            Function<EngineDialect, List<MetricName>> names,
            UnaryOperator<String> of) {
        if (write.has(names)) {
            into.put(kind, write.byTier("sum", names, of));
        }
    }

    private static Query<Figures<PodKey>> byPod(String name, String expression, Directory directory) {
        return Query.filling(
                name, expression, Figures::new, (figures, sample) -> figures.take(directory.pod(sample), sample));
    }

    private static Query<Figures<Directory.Place>> byTier(String name, String expression, Directory directory) {
        return Query.filling(name, expression, Figures::new, (figures, sample) -> {
            if (directory.isOfOnePod(sample)) {
                figures.takePart(directory.place(sample), sample);
            } else {
                figures.take(directory.place(sample), sample);
            }
        });
    }

    private static Query<Shapes<Directory.Place>> shapes(Distribution kind, String expression, Directory directory) {
        return Query.filling(
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                expression,
                Shapes<Directory.Place>::new,
                (shapes, sample) -> {
                    Directory.Place place = directory.place(sample);
                    if (place != null) {
                        shapes.take(place, sample);
                    }
                });
    }

    private static Optional<Query<CacheSizes>> cache(
            List<EngineDialect> dialects, Expressions write, UnaryOperator<String> last, Directory directory) {
        List<String> expressions = new ArrayList<>(write.cacheInfos());
        if (write.has(gauge(Gauge.KV_TOKENS))) {
            // The sum over a pod's ranks, the smallest of the tier's pods.
            expressions.add(write.byLeastPod(gauge(Gauge.KV_TOKENS), last));
        }
        if (expressions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Query.filling(
                "KV caches", String.join(" or ", expressions), () -> new CacheSizes(dialects), (sizes, sample) -> {
                    Directory.Place place = directory.place(sample);
                    if (place != null) {
                        sizes.take(place, sample);
                    }
                }));
    }

    private static Function<EngineDialect, List<MetricName>> gauge(Gauge kind) {
        return dialect -> dialect.gauge(kind);
    }

    private static Function<EngineDialect, List<MetricName>> counter(Counter kind) {
        return dialect -> dialect.counter(kind);
    }

    /** What counts tokens; where nothing does, the sum of the lengths of requests. */
    private static Function<EngineDialect, List<MetricName>> tokens(Counter counter, Distribution lengths) {
        return dialect -> !dialect.counter(counter).isEmpty()
                ? dialect.counter(counter)
                : dialect.histogram(lengths).stream()
                        .map(name -> new MetricName(name.name() + "_sum", name.where(), name.worth()))
                        .toList();
    }

    private static String seconds(Duration span) {
        return span.toMillis() % 1000 == 0 ? span.toSeconds() + "s" : span.toMillis() + "ms";
    }
}
