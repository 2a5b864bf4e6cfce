package dev.gearshift.core.plan;

import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.plan.Transition.Step;
import dev.gearshift.core.predict.LeadTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Watches shifts under way. When serving replicas wait for others that do not come within the patience, the tier the others
 * are on is not shifted to for a while; the old replicas were never given up, so the old gear is what remains.
 *
 * @param since since when serving replicas are kept only until others are ready
 * @param avoided tiers not shifted to, and until when
 * @param aborted the tier given up just now
 * @param patience how long was waited
 * @param wasWaiting whether a shift was under way at the last look
 */
record ShiftWatch(
        Optional<Instant> since,
        SortedMap<TierName, Instant> avoided,
        Optional<TierName> aborted,
        Seconds patience,
        boolean wasWaiting) {

    static ShiftWatch look(
            ModelMemory memory,
            Gear goal,
            Step step,
            Roster roster,
            LeadTimes leadTimes,
            double leads,
            Duration avoidance,
            Instant now) {
        SortedMap<TierName, Instant> avoided = new TreeMap<>(memory.avoided());
        avoided.values().removeIf(until -> !now.isBefore(until));
        Optional<Instant> since = step.kept() > 0 ? memory.shiftSince().or(() -> Optional.of(now)) : Optional.empty();
        Optional<TierName> late = Optional.empty();
        Seconds patience = Seconds.ZERO;
        for (TierName tier : goal.replicas().keySet()) {
            Seconds wait = leadTimes.of(tier).times(leads);
            boolean absent = roster.on(tier).serving().isEmpty();
            if (absent
                    && since.filter(start -> start.plus(wait.toDuration()).isBefore(now))
                            .isPresent()) {
                avoided.put(tier, now.plus(avoidance));
                late = Optional.of(tier);
                patience = wait;
            }
        }
        return new ShiftWatch(
                late.isPresent() ? Optional.empty() : since,
                Collections.unmodifiableSortedMap(avoided),
                late,
                patience,
                memory.shiftSince().isPresent());
    }
}
