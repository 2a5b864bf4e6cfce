package dev.gearshift.loop;

import dev.gearshift.core.Outcome;
import java.time.Instant;

/** Where decisions go. */
@FunctionalInterface
public interface PlanSink {

    /**
     * Takes what came of one planning interval for the whole fleet. Returns without waiting for it to be carried out.
     *
     * @param outcome one decision a model of the snapshot, in order of key, and what is remembered
     * @param now when it was decided
     */
    void publish(Outcome outcome, Instant now);
}
