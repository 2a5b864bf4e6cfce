package dev.gearshift.kubernetes.dependent;

import dev.gearshift.core.model.Capacity;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierStatus;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** What share of the requests each tier gets: in proportion to what its ready replicas carry. */
public final class RouteWeights {

    /** The sum of all weights, but for rounding. */
    static final int WHOLE = 1000;

    /** Weights that are off by no more than this part of themselves are kept, so that noise in capacities writes nothing. */
    static final double TOLERANCE = 0.05;

    private RouteWeights() {}

    /**
     * The weight of every tier that has a Service.
     *
     * @param tiers these tiers
     * @param statuses what of each tier is ready, and what one replica carries
     * @param live the weights in force; empty when there are none
     * @return zero for a tier without a ready replica that stays, at least one for each other
     */
    public static SortedMap<TierName, Integer> of(
            Collection<TierName> tiers, Collection<TierStatus> statuses, SortedMap<TierName, Integer> live) {
        // A tier that left the declaration has no capacity of its own: it is taken for the slowest.
        double slowest = statuses.stream()
                .flatMap(status -> status.capacity().stream())
                .mapToDouble(RouteWeights::rate)
                .filter(rate -> rate > 0)
                .min()
                .orElse(1);
        SortedMap<TierName, Double> carried = new TreeMap<>();
        tiers.forEach(tier -> carried.put(tier, 0.0));
        statuses.forEach(status -> carried.computeIfPresent(
                status.tier(),
                (tier, none) -> status.ready()
                        * status.capacity()
                                .map(RouteWeights::rate)
                                .filter(rate -> rate > 0)
                                .orElse(slowest)));
        double sum = carried.values().stream().mapToDouble(Double::doubleValue).sum();
        SortedMap<TierName, Integer> weights = new TreeMap<>();
        carried.forEach((tier, rate) ->
                weights.put(tier, rate > 0 ? Math.max(1, (int) Math.round(WHOLE * rate / sum)) : 0));
        return isNear(weights, live) ? live : weights;
    }

    private static double rate(Capacity capacity) {
        return capacity.rate().perSecond();
    }

    private static boolean isNear(SortedMap<TierName, Integer> wanted, SortedMap<TierName, Integer> live) {
        return wanted.keySet().equals(live.keySet())
                && wanted.entrySet().stream().allMatch(entry -> {
                    int now = live.getOrDefault(entry.getKey(), 0);
                    int then = entry.getValue();
                    return (now == 0) == (then == 0) && Math.abs(now - then) <= TOLERANCE * then;
                });
    }
}
