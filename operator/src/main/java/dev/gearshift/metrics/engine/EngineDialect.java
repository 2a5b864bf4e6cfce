package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one serving engine calls its metrics. Data only: {@link DialectReading} reads a page with it, and queries for Prometheus are
 * made from it. Where several names are given for one thing, the first that a pod shows counts; what has no name is not shown by
 * the engine, which is not the same as zero.
 *
 * @param engine whose names these are
 * @param gauges what is shown as it is now
 * @param counters what is counted from the start of the process
 * @param histograms what is shown as a histogram
 * @param cacheInfo a series that tells the KV cache's size in its labels
 * @param modelLabel the label with the name the model is served under, where series have one
 * @param parts the labels by which series of one pod differ (ranks, reasons); they add up, whatever other labels somebody puts on
 *     them
 */
public record EngineDialect(
        ServingEngine engine,
        Map<Gauge, List<MetricName>> gauges,
        Map<Counter, List<MetricName>> counters,
        Map<Distribution, List<MetricName>> histograms,
        Optional<CacheInfo> cacheInfo,
        Optional<String> modelLabel,
        SortedSet<String> parts) {

    public EngineDialect {
        gauges = Collections.unmodifiableMap(copy(new EnumMap<>(Gauge.class), gauges));
        counters = Collections.unmodifiableMap(copy(new EnumMap<>(Counter.class), counters));
        histograms = Collections.unmodifiableMap(copy(new EnumMap<>(Distribution.class), histograms));
        parts = Collections.unmodifiableSortedSet(new TreeSet<>(parts));
    }

    private static <K> Map<K, List<MetricName>> copy(Map<K, List<MetricName>> into, Map<K, List<MetricName>> names) {
        names.forEach((kind, alternatives) -> {
            if (!alternatives.isEmpty()) {
                into.put(kind, List.copyOf(alternatives));
            }
        });
        return into;
    }

    /** Starts a dialect that shows nothing yet. */
    public static Builder of(ServingEngine engine) {
        return new Builder(engine);
    }

    /**
     * Starts to read one page of one pod.
     *
     * @param servedName only series of the model served under this name count, and those that name no model; all when empty
     */
    public DialectReading read(Optional<String> servedName) {
        return new DialectReading(this, servedName);
    }

    /** The names of a gauge, best first; none when the engine does not show it. */
    public List<MetricName> gauge(Gauge kind) {
        return gauges.getOrDefault(kind, List.of());
    }

    /** The names of a counter, best first; none when the engine does not show it. */
    public List<MetricName> counter(Counter kind) {
        return counters.getOrDefault(kind, List.of());
    }

    /** The names of a histogram, best first; none when the engine does not show it. */
    public List<MetricName> histogram(Distribution kind) {
        return histograms.getOrDefault(kind, List.of());
    }

    /** Collects the names of a dialect. */
    public static final class Builder {

        private final ServingEngine engine;
        private final Map<Gauge, List<MetricName>> gauges = new EnumMap<>(Gauge.class);
        private final Map<Counter, List<MetricName>> counters = new EnumMap<>(Counter.class);
        private final Map<Distribution, List<MetricName>> histograms = new EnumMap<>(Distribution.class);
        private final SortedSet<String> parts = new TreeSet<>();
        private Optional<CacheInfo> cacheInfo = Optional.empty();
        private Optional<String> modelLabel = Optional.empty();

        private Builder(ServingEngine engine) {
            this.engine = engine;
        }

        /** Names a gauge, the best name first. */
        public Builder gauge(Gauge kind, MetricName... names) {
            gauges.put(kind, List.of(names));
            return this;
        }

        /** Names a counter, the best name first. */
        public Builder counter(Counter kind, MetricName... names) {
            counters.put(kind, List.of(names));
            return this;
        }

        /** Names a histogram, the best name first. */
        public Builder histogram(Distribution kind, MetricName... names) {
            histograms.put(kind, List.of(names));
            return this;
        }

        /** Names the series that tells the KV cache's size in its labels. */
        public Builder cacheInfo(CacheInfo info) {
            cacheInfo = Optional.of(info);
            return this;
        }

        /** Names the label that says which model a series is of. */
        public Builder modelLabel(String label) {
            modelLabel = Optional.of(label);
            parts.add(label);
            return this;
        }

        /** Names labels by which series of one pod differ. */
        public Builder parts(String... labels) {
            parts.addAll(Arrays.asList(labels));
            return this;
        }

        /** The dialect. */
        public EngineDialect build() {
            return new EngineDialect(engine, gauges, counters, histograms, cacheInfo, modelLabel, parts);
        }
    }
}
