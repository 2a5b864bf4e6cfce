package dev.gearshift.core.plan;

import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.core.model.TierName;
import java.util.SortedMap;

/**
 * What a gear carries. Spread evenly, every replica gets the same share of the requests, so the slowest bounds all: n replicas
 * carry n·min(c). Spread by weight or queue length, capacities add up: Σ n·c.
 */
public final class GearCapacity {

    private GearCapacity() {}

    /**
     * What a gear carries.
     *
     * @param gear the replicas that serve
     * @param capacities what one replica carries, a tier
     * @throws IllegalArgumentException when a tier of the gear has no capacity given
     */
    public static RequestRate of(Gear gear, SortedMap<TierName, RequestRate> capacities, Spreading spreading) {
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        for (var entry : gear.replicas().entrySet()) {
            RequestRate capacity = capacities.get(entry.getKey());
            if (capacity == null) {
                throw new IllegalArgumentException("no capacity is given for " + entry.getKey());
            }
            sum += entry.getValue() * capacity.perSecond();
            least = Math.min(least, capacity.perSecond());
        }
        if (gear.isEmpty()) {
            return RequestRate.ZERO;
        }
        return new RequestRate(spreading == Spreading.EVEN ? gear.total() * least : sum);
    }
}
