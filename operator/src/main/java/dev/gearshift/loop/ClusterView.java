package dev.gearshift.loop;

import dev.gearshift.core.model.ModelState;
import java.util.List;

/** What the cluster is like now, from caches. */
@FunctionalInterface
public interface ClusterView {

    /**
     * The fleet without its metrics.
     *
     * @param tiers every hardware tier that could be read, at its declared price, with where its replicas run
     * @param models every model deployment whose declaration is valid, with an absent observation
     */
    record Fleet(List<TierFacts> tiers, List<ModelState> models) {

        public Fleet {
            tiers = List.copyOf(tiers);
            models = List.copyOf(models);
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
