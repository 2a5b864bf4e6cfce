package dev.gearshift.core;

import dev.gearshift.core.guard.Bench;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.plan.ModelMemory;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of one model beyond the life of a process. The benches of its tiers are in it although they are the fleet's: every
 * model on a tier keeps them, so none is lost with another model.
 *
 * @param at when it was remembered
 * @param memory what concerns the model alone, as {@link ModelMemory#kept()} leaves it
 * @param benches the model's tiers that had nothing more to give
 * @param quotas the model's tiers of which its namespace may have no more
 */
public record KeptMemory(
        Instant at, ModelMemory memory, SortedMap<TierName, Bench> benches, SortedMap<TierName, Bench> quotas) {

    public KeptMemory {
        benches = Collections.unmodifiableSortedMap(new TreeMap<>(benches));
        quotas = Collections.unmodifiableSortedMap(new TreeMap<>(quotas));
    }
}
