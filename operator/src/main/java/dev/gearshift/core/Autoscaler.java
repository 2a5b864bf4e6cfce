package dev.gearshift.core;

import dev.gearshift.core.guard.StockOuts;
import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Snapshot;
import dev.gearshift.core.plan.FailedPlan;
import dev.gearshift.core.plan.FleetLimits;
import dev.gearshift.core.plan.ModelMemory;
import dev.gearshift.core.plan.ModelPlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The decision engine: a total function of what was seen and what is remembered. The operator, the recommend mode and the
 * simulations call this same function; the same arguments give the same decisions, in any JVM.
 *
 * <p>A model for which planning throws costs only itself its plan: what it has ordered is kept, and what was remembered of it. The
 * error is in the {@link Outcome}.
 */
public final class Autoscaler {

    /**
     * Decides for every model of the fleet.
     *
     * @param snapshot the fleet as it was seen
     * @param memory what was remembered of the last interval; {@link FleetMemory#EMPTY} at first
     */
    public Outcome decide(Snapshot snapshot, FleetMemory memory) {
        StockOuts stockOuts = memory.stockOuts().after(snapshot.models(), snapshot.time());
        FleetLimits fleet = new FleetLimits(stockOuts, snapshot);
        List<Decision> decisions = new ArrayList<>();
        SortedMap<ModelKey, ModelMemory> memories = new TreeMap<>();
        SortedMap<ModelKey, RuntimeException> failures = new TreeMap<>();
        for (ModelState model : snapshot.models()) {
            ModelMemory known = memory.models().getOrDefault(model.key(), ModelMemory.NONE);
            try {
                ModelPlanner.Planned planned = new ModelPlanner(model, known, fleet, snapshot.time()).plan();
                decisions.add(planned.decision());
                memories.put(model.key(), planned.memory());
            } catch (RuntimeException e) {
                decisions.add(FailedPlan.of(model, known, fleet, e, snapshot.time()));
                memories.put(model.key(), known);
                failures.put(model.key(), e);
            }
        }
        return new Outcome(decisions, new FleetMemory(memories, stockOuts), failures);
    }
}
