package dev.gearshift.loop;

import dev.gearshift.core.model.LatencySource;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.ScaleToZero;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the cluster is like now, from caches. */
@FunctionalInterface
public interface ClusterView {

    /**
     * The fleet without its metrics.
     *
     * @param tiers every hardware tier that could be read, at its declared price, with where its replicas run
     * @param models every model deployment whose declaration is valid, with an absent observation
     * @param servedNames the names requests give these models
     */
    record Fleet(List<TierFacts> tiers, List<ModelState> models, SortedMap<ModelKey, String> servedNames) {

        public Fleet {
            tiers = List.copyOf(tiers);
            models = List.copyOf(models);
            servedNames = Collections.unmodifiableSortedMap(new TreeMap<>(servedNames));
        }

        /** What metrics are wanted of. */
        public MetricsSource.Fleet measured() {
            return new MetricsSource.Fleet(
                    models.stream()
                            .map(model -> new MetricsSource.Model(
                                    model.key(),
                                    servedNames.getOrDefault(
                                            model.key(), model.key().name()),
                                    model.spec().engine().latencyFrom() == LatencySource.GATEWAY,
                                    model.spec().scaling().toZero().map(ScaleToZero::source)))
                            .toList(),
                    targets(),
                    models.stream()
                            .flatMap(model -> model.spec().objectives().latency().stream())
                            .map(LatencyTarget::objective)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }

        /** Every replica that has a node, and so may have metrics. */
        public List<MetricsSource.Target> targets() {
            return models.stream()
                    .flatMap(model -> model.replicas().stream()
                            .filter(replica -> replica.node().isPresent())
                            .map(replica -> new MetricsSource.Target(
                                    model.key(), replica.tier(), replica.name(), replica.isReady())))
                    .toList();
        }
    }

    /** The fleet as the caches have it. */
    Fleet read();
}
