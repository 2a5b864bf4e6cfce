package dev.gearshift.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One tier of one model, as of a decision.
 *
 * @param tier the tier
 * @param desired replicas that should serve there when the plan is carried out
 * @param ready replicas ready and not draining
 * @param starting replicas on their way
 * @param draining replicas finishing their requests
 * @param failing replicas whose engine does not run
 * @param cost the bill for what the plan asks for there
 * @param capacity what one replica carries; empty when the tier is no longer declared
 * @param leadTime from asking to ready
 * @param stockOutUntil until when the tier is not asked
 */
public record TierStatus(
        TierName tier,
        int desired,
        int ready,
        int starting,
        int draining,
        int failing,
        HourlyCost cost,
        Optional<Capacity> capacity,
        Seconds leadTime,
        Optional<Instant> stockOutUntil) {}
