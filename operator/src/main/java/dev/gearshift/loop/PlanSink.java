package dev.gearshift.loop;

import dev.gearshift.core.model.Decision;
import java.time.Instant;
import java.util.List;

/** Where decisions go. */
@FunctionalInterface
public interface PlanSink {

    /**
     * Takes the decisions of one planning interval for the whole fleet. Returns without waiting for them to be carried out.
     *
     * @param decisions one decision a model of the snapshot, in order of key
     * @param now when they were made
     */
    void publish(List<Decision> decisions, Instant now);
}
