package dev.gearshift.core;

import dev.gearshift.core.guard.Bench;
import dev.gearshift.core.guard.StockOuts;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Snapshot;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.plan.ModelMemory;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered from one planning interval to the next. Bounded by the number of models.
 *
 * @param models what is remembered of each model
 * @param stockOuts tiers that had nothing more to give
 */
public record FleetMemory(SortedMap<ModelKey, ModelMemory> models, StockOuts stockOuts) {

    /** Nothing is known. */
    public static final FleetMemory EMPTY = new FleetMemory(new TreeMap<>(), StockOuts.NONE);

    public FleetMemory {
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    }

    /**
     * What of this is to outlive the process, by model.
     *
     * @param seen the fleet as it was seen last, and when
     */
    public SortedMap<ModelKey, KeptMemory> kept(Snapshot seen) {
        SortedMap<ModelKey, KeptMemory> kept = new TreeMap<>();
        for (ModelState model : seen.models()) {
            ModelMemory memory = models.get(model.key());
            if (memory != null) {
                kept.put(
                        model.key(),
                        new KeptMemory(
                                seen.time(),
                                memory.kept(),
                                of(model, stockOuts.byTier()),
                                of(model, stockOuts.quota(model.key().namespace()))));
            }
        }
        return Collections.unmodifiableSortedMap(kept);
    }

    private static SortedMap<TierName, Bench> of(ModelState model, SortedMap<TierName, Bench> benches) {
        SortedMap<TierName, Bench> its = new TreeMap<>();
        model.spec().tiers().forEach(option -> {
            Bench bench = benches.get(option.name());
            if (bench != null) {
                its.put(option.name(), bench);
            }
        });
        return its;
    }

    /**
     * This and what another operator remembered of models nothing is known of here.
     *
     * @param kept what it remembered
     * @param seen the fleet as it is now
     */
    public FleetMemory resuming(SortedMap<ModelKey, KeptMemory> kept, Snapshot seen) {
        SortedMap<ModelKey, ModelMemory> all = new TreeMap<>(models);
        StockOuts known = stockOuts;
        for (ModelState model : seen.models()) {
            KeptMemory its = kept.get(model.key());
            if (its != null && !models.containsKey(model.key())) {
                all.put(model.key(), its.memory().resumed(model, Duration.between(its.at(), seen.time())));
                known = known.and(its.benches(), model.key().namespace(), its.quotas());
            }
        }
        return new FleetMemory(all, known);
    }
}
