package dev.gearshift.core.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A mix of tiers: replicas per tier. Tiers without replicas are left out, so equal mixes are equal gears.
 *
 * @param replicas replicas per tier, in order of name, each positive
 */
public record Gear(SortedMap<TierName, Integer> replicas) {

    /** Nothing runs. */
    public static final Gear EMPTY = new Gear(new TreeMap<>());

    public Gear {
        SortedMap<TierName, Integer> used = new TreeMap<>();
        replicas.forEach((tier, count) -> {
            Checks.notNegative("replicas on " + tier, count);
            if (count > 0) {
                used.put(tier, count);
            }
        });
        replicas = Collections.unmodifiableSortedMap(used);
    }

    /** So many replicas on one tier. */
    public static Gear of(TierName tier, int replicas) {
        SortedMap<TierName, Integer> one = new TreeMap<>();
        one.put(tier, replicas);
        return new Gear(one);
    }

    /** Replicas on a tier, zero when it is not in the mix. */
    public int on(TierName tier) {
        return replicas.getOrDefault(tier, 0);
    }

    /** Replicas over all tiers. */
    public int total() {
        return replicas.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether nothing runs. */
    public boolean isEmpty() {
        return replicas.isEmpty();
    }

    /** This gear with another number of replicas on one tier. */
    public Gear with(TierName tier, int count) {
        SortedMap<TierName, Integer> changed = new TreeMap<>(replicas);
        changed.put(tier, count);
        return new Gear(changed);
    }

    /** Such as {@code l4×3 + l4-spot×2}; {@code none} when nothing runs. */
    @Override
    public String toString() {
        return isEmpty()
                ? "none"
                : replicas.entrySet().stream()
                        .map(entry -> entry.getKey() + "×" + entry.getValue())
                        .collect(Collectors.joining(" + "));
    }
}
