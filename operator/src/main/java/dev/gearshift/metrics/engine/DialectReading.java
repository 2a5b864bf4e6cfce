package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.Tokens;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page of one pod with the names of its engine. Takes the lines one by one; one that means nothing to the engine, or that
 * cannot be true (a value that is not a number, infinite, negative or beyond 2⁵³), is passed over. The first of two lines with the same
 * labels counts. Used once.
 */
public final class DialectReading {

    /** Above this a double no longer counts one by one. */
    private static final double LARGEST = 9_007_199_254_740_992.0;

    /** Ranks and reasons of one pod; more than this is not an engine. */
    private static final int MOST_SERIES = 256;

    /** The values of one name, by series. */
    private static final class Values {

        private final MetricName metric;
        private final SortedMap<String, Double> bySeries = new TreeMap<>();

        Values(MetricName metric) {
            this.metric = metric;
        }

        void take(Series series) {
            if (LabelMatch.allHold(metric.where(), series) && bySeries.size() < MOST_SERIES) {
                bySeries.putIfAbsent(metric.name() + " " + series.identity(), series.value() * metric.worth());
            }
        }
    }

    /** The histograms of one name, by series. */
    private static final class Shapes {

        private final MetricName metric;
        private final SortedMap<String, BucketLines> bySeries = new TreeMap<>();

        Shapes(MetricName metric) {
            this.metric = metric;
        }

        void take(Series series, String part) {
            if (!LabelMatch.allHold(metric.where(), series)) {
                return;
            }
            String identity = series.identityWithout("le");
            if (bySeries.size() >= MOST_SERIES && !bySeries.containsKey(identity)) {
                return;
            }
            BucketLines lines = bySeries.computeIfAbsent(identity, any -> new BucketLines());
            switch (part) {
                case "bucket" ->
                    BucketBound.parse(series.label("le"))
                            .ifPresent(bound -> lines.bucket(bound * metric.worth(), series.value()));
                case "sum" -> lines.sum(series.value() * metric.worth());
                case "count" -> lines.count(series.value());
                default -> {}
            }
        }

        /** The series that are whole, the name in their key: two names are never one series. */
        SortedMap<String, Histogram> whole() {
            SortedMap<String, Histogram> whole = new TreeMap<>();
            bySeries.forEach((identity, lines) ->
                    lines.histogram().ifPresent(histogram -> whole.put(metric.name() + " " + identity, histogram)));
            return whole;
        }
    }

    private final EngineDialect dialect;
    private final Optional<String> servedName;
    private final Map<Gauge, List<Values>> gauges = new EnumMap<>(Gauge.class);
    private final Map<Counter, List<Values>> counters = new EnumMap<>(Counter.class);
    private final Map<Distribution, List<Shapes>> histograms = new EnumMap<>(Distribution.class);
    private final Map<String, List<Values>> valuesByName = new HashMap<>();
    private final Map<String, List<Shapes>> shapesByName = new HashMap<>();
    private final SortedMap<String, Double> cacheSizes = new TreeMap<>();

    DialectReading(EngineDialect dialect, Optional<String> servedName) {
        this.dialect = dialect;
        this.servedName = servedName;
        dialect.gauges().forEach((kind, names) -> gauges.put(kind, indexed(names, Values::new, valuesByName)));
        dialect.counters().forEach((kind, names) -> counters.put(kind, indexed(names, Values::new, valuesByName)));
        dialect.histograms().forEach((kind, names) -> histograms.put(kind, indexed(names, Shapes::new, shapesByName)));
    }

    private static <T> List<T> indexed(
            List<MetricName> names, Function<MetricName, T> cell, Map<String, List<T>> byName) {
        List<T> cells = new ArrayList<>();
        for (MetricName name : names) {
            T made = cell.apply(name);
            cells.add(made);
            byName.computeIfAbsent(name.name(), any -> new ArrayList<>()).add(made);
        }
        return cells;
    }

    /** Takes a line. */
    public void accept(Series series) {
        if (!(series.value() >= 0 && series.value() <= LARGEST) || !isOurs(series)) {
            return;
        }
        String name = series.name();
        valuesByName.getOrDefault(name, List.of()).forEach(values -> values.take(series));
        int suffix = name.lastIndexOf('_');
        if (suffix > 0) {
            String part = name.substring(suffix + 1);
            shapesByName
                    .getOrDefault(name.substring(0, suffix), List.of())
                    .forEach(shapes -> shapes.take(series, part));
        }
        dialect.cacheInfo().filter(info -> info.name().equals(name)).ifPresent(info -> cacheSize(info, series));
    }

    private boolean isOurs(Series series) {
        String model = dialect.modelLabel().map(series::label).orElse(null);
        return model == null || servedName.isEmpty() || servedName.get().equals(model);
    }

    private void cacheSize(CacheInfo info, Series series) {
        double tokens = whole(series.label(info.blocks())) * whole(series.label(info.blockSize()));
        if (tokens > 0 && tokens <= LARGEST && cacheSizes.size() < MOST_SERIES) {
            StringBuilder rank = new StringBuilder();
            dialect.parts().forEach(part -> rank.append(series.label(part)).append(';'));
            cacheSizes.putIfAbsent(rank.toString(), tokens);
        }
    }

    /** What the lines so far say. */
    public EngineSample sample() {
        Map<Counter, SortedMap<String, Double>> totals = new EnumMap<>(Counter.class);
        counters.forEach((kind, names) -> {
            SortedMap<String, Double> shown = shown(names);
            if (!shown.isEmpty()) {
                totals.put(kind, shown);
            }
        });
        Map<Distribution, SortedMap<String, Histogram>> shapes = new EnumMap<>(Distribution.class);
        histograms.forEach((kind, names) -> names.stream()
                .map(Shapes::whole)
                .filter(whole -> !whole.isEmpty())
                .findFirst()
                .ifPresent(whole -> shapes.put(kind, whole)));
        return new EngineSample(gauge(Gauge.RUNNING), gauge(Gauge.WAITING), totals, shapes, capacity(), usage());
    }

    private SortedMap<String, Double> shown(List<Values> names) {
        return names.stream()
                .map(values -> values.bySeries)
                .filter(bySeries -> !bySeries.isEmpty())
                .findFirst()
                .orElseGet(TreeMap::new);
    }

    private OptionalDouble gauge(Gauge kind) {
        SortedMap<String, Double> shown = shown(gauges.getOrDefault(kind, List.of()));
        return shown.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum(shown.values()));
    }

    private Optional<Tokens> capacity() {
        OptionalDouble told = gauge(Gauge.KV_TOKENS);
        if (told.isPresent() && told.getAsDouble() > 0) {
            return Optional.of(new Tokens(told.getAsDouble()));
        }
        return cacheSizes.isEmpty() ? Optional.empty() : Optional.of(new Tokens(sum(cacheSizes.values())));
    }

    private Optional<Share> usage() {
        SortedMap<String, Double> ranks = shown(gauges.getOrDefault(Gauge.KV_USAGE, List.of()));
        return ranks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Share(Math.min(1, sum(ranks.values()) / ranks.size())));
    }

    private static double sum(Collection<Double> values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** A whole number of at most 15 digits; vLLM writes "None" for what it does not know yet. */
    private static double whole(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,15}") ? Double.parseDouble(text) : 0;
    }
}
