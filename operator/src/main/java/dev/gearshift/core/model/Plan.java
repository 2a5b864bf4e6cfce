package dev.gearshift.core.model;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What should run now.
 *
 * @param gear replicas per tier, those that are draining included
 * @param front which replicas receive requests
 * @param draining names of replicas taken out of service to finish what they have; each is counted in {@code gear}
 * @param drained names of replicas taken out of service that have finished; {@code gear} no longer counts them, and they are
 *     the ones to go
 */
public record Plan(Gear gear, Front front, SortedSet<String> draining, SortedSet<String> drained) {

    public Plan {
        draining = Collections.unmodifiableSortedSet(new TreeSet<>(draining));
        drained = Collections.unmodifiableSortedSet(new TreeSet<>(drained));
    }
}
