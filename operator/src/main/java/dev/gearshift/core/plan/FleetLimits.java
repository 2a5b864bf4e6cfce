package dev.gearshift.core.plan;

import dev.gearshift.core.guard.StockOuts;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.ReplicaPhase;
import dev.gearshift.core.model.Snapshot;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierOption;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the models of a fleet may have together: accelerators per tier. Models are served in the order they ask. */
public final class FleetLimits {

    private final StockOuts stockOuts;
    private final SortedMap<TierName, Tier> tiers = new TreeMap<>();
    private final SortedMap<TierName, Integer> used = new TreeMap<>();
    private final SortedMap<TierName, ModelKey> asking = new TreeMap<>();

    /**
     * Limits as they stand before any model is planned.
     *
     * @param stockOuts tiers that have nothing more to give
     * @param snapshot the fleet, with what its Deployments ask for
     */
    public FleetLimits(StockOuts stockOuts, Snapshot snapshot) {
        this.stockOuts = stockOuts;
        snapshot.tiers().forEach(tier -> tiers.put(tier.name(), tier));
        snapshot.models()
                .forEach(model -> model.ordered()
                        .ifPresent(gear -> gear.replicas()
                                .forEach((tier, replicas) -> model.spec()
                                        .tier(tier)
                                        .ifPresent(option -> used.merge(
                                                tier, replicas * option.acceleratorsPerReplica(), Integer::sum)))));
        snapshot.models()
                .forEach(model -> model.replicas().stream()
                        .filter(replica -> replica.phase() == ReplicaPhase.UNSCHEDULED)
                        .forEach(replica -> asking.putIfAbsent(replica.tier(), model.key())));
    }

    /** Whether a model may be the one that asks a tier again after a stock-out: one replica for the whole fleet. */
    boolean mayProbe(ModelKey model, TierName tier) {
        return asking.getOrDefault(tier, model).equals(model);
    }

    StockOuts stockOuts() {
        return stockOuts;
    }

    /**
     * The most replicas a model may have on a tier: what it has and what the tier's limit leaves.
     *
     * @param option the tier
     * @param present what the model has there
     */
    int most(TierOption option, int present) {
        Tier tier = option.tier();
        if (tier.limit().isEmpty()) {
            return Integer.MAX_VALUE;
        }
        int free = tier.limit().getAsInt() - used.getOrDefault(tier.name(), 0);
        return Math.max(0, present + Math.floorDiv(free, option.acceleratorsPerReplica()));
    }

    /** The bill for a gear. A tier that is no longer declared counts one accelerator a replica, one that is gone nothing. */
    HourlyCost bill(ModelSpec spec, Gear gear) {
        HourlyCost sum = HourlyCost.ZERO;
        for (var entry : gear.replicas().entrySet()) {
            TierName name = entry.getKey();
            int replicas = entry.getValue();
            sum = sum.plus(spec.tier(name)
                    .map(option -> option.bill(replicas))
                    .or(() -> Optional.ofNullable(tiers.get(name)).map(tier -> tier.bill(replicas)))
                    .orElse(HourlyCost.ZERO));
        }
        return sum;
    }

    /** Takes note of what a model asks for now. */
    void take(ModelKey model, TierOption option, int before, int after) {
        if (after > before) {
            asking.putIfAbsent(option.name(), model);
        }
        used.merge(option.name(), (after - before) * option.acceleratorsPerReplica(), Integer::sum);
    }
}
