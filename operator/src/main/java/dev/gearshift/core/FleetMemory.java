package dev.gearshift.core;

import dev.gearshift.core.guard.StockOuts;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.plan.ModelMemory;
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
}
