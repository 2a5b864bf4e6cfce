package dev.gearshift.core;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.ModelKey;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of one planning interval.
 *
 * @param decisions one a model, in order of key
 * @param memory what to remember until the next interval
 * @param failures what planning threw, by model; each has a decision all the same, to keep what is ordered
 */
public record Outcome(List<Decision> decisions, FleetMemory memory, SortedMap<ModelKey, RuntimeException> failures) {

    public Outcome {
        decisions = List.copyOf(decisions);
        failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
    }
}
