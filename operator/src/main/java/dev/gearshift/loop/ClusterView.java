package dev.gearshift.loop;

import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Tier;
import java.util.List;

/** What the cluster is like now, from caches. */
@FunctionalInterface
public interface ClusterView {

    /**
     * The fleet without its metrics.
     *
     * @param tiers every hardware tier that could be read, with its declared price
     * @param models every model deployment whose declaration is valid, with an absent observation
     */
    record Fleet(List<Tier> tiers, List<ModelState> models) {}

    /** The fleet as the caches have it. */
    Fleet read();
}
