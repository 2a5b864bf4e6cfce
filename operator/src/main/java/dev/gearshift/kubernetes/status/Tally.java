package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.TierStatus;
import java.util.function.ToIntFunction;

/**
 * Replicas of a model over all its tiers.
 *
 * @param desired that should serve
 * @param ready that serve
 * @param starting on their way
 * @param draining that finish their requests before they go
 * @param failing whose engine does not run
 */
record Tally(int desired, int ready, int starting, int draining, int failing) {

    static Tally of(Decision decision) {
        return new Tally(
                sum(decision, TierStatus::desired),
                sum(decision, TierStatus::ready),
                sum(decision, TierStatus::starting),
                sum(decision, TierStatus::draining),
                sum(decision, TierStatus::failing));
    }

    /** Such as {@code 3/3}. */
    String ratio() {
        return ready + "/" + desired;
    }

    /** Whether nothing is on its way in or out. */
    boolean isSettled() {
        return ready == desired && starting == 0 && draining == 0 && failing == 0;
    }

    /** Such as {@code 2 replicas ready of 3 wanted, 1 starting}. */
    String text() {
        return ready + (ready == 1 ? " replica ready of " : " replicas ready of ") + desired + " wanted"
                + part(starting, "starting") + part(draining, "draining") + part(failing, "failing");
    }

    private static String part(int count, String what) {
        return count == 0 ? "" : ", " + count + " " + what;
    }

    private static int sum(Decision decision, ToIntFunction<TierStatus> count) {
        return decision.tiers().stream().mapToInt(count).sum();
    }
}
