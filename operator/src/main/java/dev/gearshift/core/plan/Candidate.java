package dev.gearshift.core.plan;

import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierOption;

/**
 * A tier that may be part of a gear.
 *
 * @param option the tier and how the model runs there
 * @param capacity what one replica carries there after every correction
 * @param maxReplicas the most replicas that may be there now: its limit, or what runs when it is benched
 * @param nodePrice what one node counts for in planning; the tier's node price unless it is already paid for
 */
public record Candidate(TierOption option, RequestRate capacity, int maxReplicas, HourlyCost nodePrice) {

    public Candidate {
        if (maxReplicas < 0) {
            throw new IllegalArgumentException("maxReplicas must not be negative, but is " + maxReplicas);
        }
        if (nodePrice.compareTo(HourlyCost.ZERO) < 0) {
            throw new IllegalArgumentException("nodePrice must not be negative, but is " + nodePrice);
        }
    }

    /** A candidate at its tier's own price. */
    public static Candidate of(TierOption option, RequestRate capacity, int maxReplicas) {
        return new Candidate(option, capacity, maxReplicas, option.tier().nodePrice());
    }

    /** This candidate with another bound on its replicas. */
    Candidate withMost(int replicas) {
        return new Candidate(option, capacity, replicas, nodePrice);
    }

    /** The tier's name. */
    public TierName name() {
        return option.name();
    }

    /** What so many replicas count for in planning: whole nodes. */
    public HourlyCost cost(int replicas) {
        int accelerators = replicas * option.acceleratorsPerReplica();
        int perNode = option.tier().acceleratorsPerNode();
        return nodePrice.times((accelerators + perNode - 1) / perNode);
    }
}
