package dev.gearshift.core.plan;

import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.core.model.TierName;
import java.util.SortedMap;

/**
 * Whether replicas of other tiers may join those that serve behind one front that spreads evenly.
 *
 * <p>Evenly spread, n ready replicas carry n·min(c). Replicas become ready one by one and in any order, so the worst moment is
 * when the slowest of the joining ones is the first: n becomes n + 1 and the least capacity may become its own. Every later
 * one only raises n, or lowers the least capacity no further. So it is enough that
 *
 * <pre>(n + 1)·min(c, c_slowest) ≥ n·c</pre>
 *
 * with c the least capacity among those that serve. Two H100 at 23.5 req/s each carry 47; a first A100 at 7 makes that 21,
 * which is why a shift between unequal tiers flips the front instead.
 */
public final class MixRule {

    private MixRule() {}

    /**
     * Whether joining never lowers what is carried, at any set of ready replicas that can come up on the way.
     *
     * @param serving the ready replicas
     * @param joining the replicas that would come up beside them
     * @param capacities what one replica carries, a tier
     * @throws IllegalArgumentException when a tier has no capacity given
     */
    public static boolean mayJoin(Gear serving, Gear joining, SortedMap<TierName, RequestRate> capacities) {
        if (serving.isEmpty() || joining.isEmpty()) {
            return true;
        }
        double least = least(serving, capacities);
        double withSlowest = Math.min(least, least(joining, capacities));
        int ready = serving.total();
        return (ready + 1) * withSlowest >= ready * least;
    }

    private static double least(Gear gear, SortedMap<TierName, RequestRate> capacities) {
        return GearCapacity.of(gear, capacities, Spreading.EVEN).perSecond() / gear.total();
    }
}
