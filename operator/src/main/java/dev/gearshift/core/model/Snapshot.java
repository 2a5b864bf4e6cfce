package dev.gearshift.core.model;

import java.time.Instant;
import java.util.List;

/**
 * The whole fleet at one moment. Deciding depends on nothing else but this and the memory.
 *
 * @param time when it was taken
 * @param tiers every hardware tier of the cluster, in order of name, with the price in force
 * @param models every model deployment whose declaration is valid, in order of key
 */
public record Snapshot(Instant time, List<Tier> tiers, List<ModelState> models) {

    public Snapshot {
        tiers = tiers.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
        models = models.stream().sorted((a, b) -> a.key().compareTo(b.key())).toList();
    }
}
