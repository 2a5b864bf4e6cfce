package dev.gearshift.core;

import dev.gearshift.core.model.Decision;
import java.util.List;

/**
 * What came of one planning interval.
 *
 * @param decisions one a model, in order of key
 * @param memory what to remember until the next interval
 */
public record Outcome(List<Decision> decisions, FleetMemory memory) {

    public Outcome {
        decisions = List.copyOf(decisions);
    }
}
