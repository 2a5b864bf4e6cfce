package dev.gearshift.loop;

import dev.gearshift.core.Outcome;
import java.time.Instant;
import java.util.List;

/** Where decisions go, and the prices they rest on. */
@FunctionalInterface
public interface PlanSink {

    /**
     * Takes the prices the next outcome rests on. Called before every {@link #publish}; does nothing unless overridden.
     *
     * @param tiers every tier, in order of name
     */
    default void quoted(List<QuotedTier> tiers) {}

    /**
     * Takes what came of one planning interval for the whole fleet. Returns without waiting for it to be carried out.
     *
     * @param outcome one decision a model of the snapshot, in order of key, and what is remembered
     * @param now when it was decided
     */
    void publish(Outcome outcome, Instant now);
}
