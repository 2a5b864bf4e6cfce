package dev.gearshift.simulate;

import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.Money;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What somebody would pay who does not scale at all: the constant count of one on-demand tier that is just enough for every
 * latency target, up all the time.
 *
 * @param tier the cheapest such tier
 * @param replicas its count
 * @param cost the bill for the duration of the workload, by the node
 */
public record StaticPeak(TierName tier, int replicas, Money cost) {

    /** No tier is tried with more replicas than this. */
    public static final int MOST_REPLICAS = 256;

    /**
     * Replays a workload on each candidate. The count of a tier is found by doubling, then bisection: it reaches every target,
     * one replica fewer does not. The limit of a tier bounds it.
     *
     * @param workload the requests
     * @param targets what has to be reached
     * @param candidates permitted tiers; those not bought on demand are passed over
     * @param seed what the choice of replicas follows from
     * @return the cheapest, the first by name among equals; empty when no candidate reaches the targets within its bounds
     */
    public static Optional<StaticPeak> find(
            Workload workload, List<LatencyTarget> targets, List<TierOption> candidates, long seed) {
        ConstantFleet fleet = new ConstantFleet(workload, targets, seed);
        return candidates.stream()
                .filter(option -> option.tier().capacityType() == CapacityType.ON_DEMAND)
                .flatMap(option -> of(option, fleet, workload).stream())
                .min(Comparator.comparing(StaticPeak::cost).thenComparing(StaticPeak::tier));
    }

    private static Optional<StaticPeak> of(TierOption option, ConstantFleet fleet, Workload workload) {
        OptionalInt limit = option.tier().limit();
        int most = limit.isPresent()
                ? Math.min(MOST_REPLICAS, limit.getAsInt() / option.acceleratorsPerReplica())
                : MOST_REPLICAS;
        return EngineTruth.of(option)
                .map(truth -> leastCount(fleet, truth, most))
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .map(count ->
                        new StaticPeak(option.name(), count, option.bill(count).over(workload.duration())));
    }

    /** The least count within bounds that reaches the targets while one fewer does not. */
    static OptionalInt leastCount(ConstantFleet fleet, EngineTruth truth, int most) {
        int failing = 0;
        int reaching = Math.min(1, most);
        while (reaching > 0 && !fleet.reaches(truth, reaching)) {
            if (reaching == most) {
                return OptionalInt.empty();
            }
            failing = reaching;
            reaching = Math.min(2 * reaching, most);
        }
        while (reaching - failing > 1) {
            int middle = (failing + reaching) / 2;
            if (fleet.reaches(truth, middle)) {
                reaching = middle;
            } else {
                failing = middle;
            }
        }
        return reaching == 0 ? OptionalInt.empty() : OptionalInt.of(reaching);
    }
}
