package dev.gearshift.core.plan;

import dev.gearshift.core.model.Front;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.core.model.TierName;
import java.util.SortedMap;

/**
 * What a mix of ready replicas carries. Under even spreading every replica gets the same share, so the slowest bounds all:
 * n·min(c). With weights or queue-aware picking capacities add up: Σ n·c.
 *
 * @param capacities what one replica of each tier carries
 * @param spreading how requests are spread
 */
record Carried(SortedMap<TierName, RequestRate> capacities, Spreading spreading) {

    /** What a gear carries when every replica of it is ready and receives requests. */
    RequestRate by(Gear gear) {
        double slowest = Double.POSITIVE_INFINITY;
        double sum = 0;
        for (var entry : gear.replicas().entrySet()) {
            double one = of(entry.getKey());
            slowest = Math.min(slowest, one);
            sum += entry.getValue() * one;
        }
        if (gear.isEmpty()) {
            return RequestRate.ZERO;
        }
        return new RequestRate(spreading == Spreading.EVEN ? gear.total() * slowest : sum);
    }

    /** What a gear carries behind a front. */
    RequestRate by(Gear gear, Front front) {
        return front instanceof Front.OneTier one ? by(Gear.of(one.tier(), gear.on(one.tier()))) : by(gear);
    }

    private double of(TierName tier) {
        RequestRate capacity = capacities.get(tier);
        return capacity == null ? 0 : capacity.perSecond();
    }
}
