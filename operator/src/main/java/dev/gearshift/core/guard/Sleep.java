package dev.gearshift.core.guard;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Knocking.Silence;
import dev.gearshift.core.model.Knocking.Unheard;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.ScaleToZero;
import dev.gearshift.core.model.TierLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a model that may have no replica is to have none.
 *
 * <p>It falls asleep when its engines (by fresh metrics) and whoever is in front of them have both said for {@code idleAfter} that
 * nothing is asked; one of them alone is not enough, because the one may not see what the other does, and without the latter nothing
 * could wake it. It wakes as soon as either says that something is. While nobody says anything it stays as it is: an answer that
 * is missing neither starts nor stops a replica.
 *
 * @param state what is to be
 * @param idle since when nothing is asked; empty while something is
 * @param complaint why whoever is in front of the engines is not heard
 */
public record Sleep(State state, Optional<Idle> idle, Optional<Reason> complaint) {

    /** Who did not know for so long whether anything is asked begins anew. */
    public static final Duration GAP = Duration.ofMinutes(2);

    /**
     * A time in which nothing was asked.
     *
     * @param since its begin
     * @param last when that was last known
     */
    public record Idle(Instant since, Instant last) {}

    /** What is to be. */
    public enum State {
        /** It runs, or may not be without a replica. */
        AWAKE,
        /** Its replicas are to go. */
        FALLING_ASLEEP,
        /** It has no replica and needs none. */
        ASLEEP,
        /** It has no replica and needs one. */
        WAKING
    }

    /**
     * What is to be.
     *
     * @param before since when nothing was asked, as it was remembered
     * @param hasNone whether the model has no replica and none on its way, but for those that finish what they have
     */
    public static Sleep of(ModelState model, Optional<Idle> before, boolean hasNone, Instant now) {
        Optional<ScaleToZero> policy = model.spec().scaling().toZero();
        ModelObservation seen = model.observation();
        if (policy.isEmpty()) {
            return new Sleep(State.AWAKE, Optional.empty(), Optional.empty());
        }
        Optional<Reason> complaint = seen.knocking() instanceof Unheard unheard ? complaint(unheard) : Optional.empty();
        if (model.spec().scaling().pinned().isPresent()
                || (seen.knocking() instanceof Unheard unheard && unheard.why() == Silence.NO_PROMETHEUS)) {
            return new Sleep(State.AWAKE, Optional.empty(), complaint);
        }
        boolean asked = isPositive(seen.knocking().heard().orElse(RequestRate.ZERO)) || isBusy(seen);
        if (hasNone) {
            return asked
                    ? new Sleep(State.WAKING, Optional.empty(), complaint)
                    : new Sleep(State.ASLEEP, Optional.empty(), complaint);
        }
        boolean known =
                seen.freshness() == Freshness.FRESH && seen.knocking().heard().isPresent();
        if (asked || !known) {
            return new Sleep(State.AWAKE, asked ? Optional.empty() : before, complaint);
        }
        Instant since = before.filter(idle -> !idle.last().plus(GAP).isBefore(now))
                .map(Idle::since)
                .orElse(now);
        boolean tired = !since.plus(policy.get().idleAfter()).isAfter(now);
        return new Sleep(tired ? State.FALLING_ASLEEP : State.AWAKE, Optional.of(new Idle(since, now)), complaint);
    }

    /** Whether no replica is to be kept. */
    public boolean keepsNone() {
        return state == State.FALLING_ASLEEP || state == State.ASLEEP;
    }

    private static boolean isBusy(ModelObservation seen) {
        return seen.tiers().stream()
                .filter(load -> load.freshness() != Freshness.ABSENT)
                .anyMatch(Sleep::isBusy);
    }

    private static boolean isBusy(TierLoad load) {
        return isPositive(load.offered()) || load.running() > 0 || load.waiting() > 0;
    }

    private static boolean isPositive(RequestRate rate) {
        return rate.perSecond() > 0;
    }

    private static Optional<Reason> complaint(Unheard unheard) {
        ReasonKind kind = switch (unheard.why()) {
            case NOBODY, UNSEEN -> ReasonKind.DEMAND_UNSEEN;
            case NO_PROMETHEUS -> ReasonKind.DEMAND_NEEDS_PROMETHEUS;
            case AMBIGUOUS -> ReasonKind.DEMAND_AMBIGUOUS;
            case QUERY_FAILED -> ReasonKind.DEMAND_QUERY_FAILED;
        };
        Reason reason = Reason.of(kind);
        return Optional.of(unheard.detail().isEmpty() ? reason : reason.about(unheard.detail()));
    }
}
