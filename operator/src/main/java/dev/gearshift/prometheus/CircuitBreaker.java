package dev.gearshift.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a server alone that does not answer. Closed: every round passes. After {@value #PATIENCE} rounds without any answer it
 * opens: nothing passes for a pause that doubles from {@link #FIRST_PAUSE} to {@link #LONGEST_PAUSE}. After the pause one query
 * passes; its answer closes the breaker, its failure begins the next pause. Not thread-safe.
 */
final class CircuitBreaker {

    static final int PATIENCE = 3;
    static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    /** What may pass. */
    enum State {
        /** Everything. */
        CLOSED,
        /** One query, to try. */
        TRYING,
        /** Nothing. */
        OPEN
    }

    private int failures;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Instant until;

    State state(Instant now) {
        if (until == null) {
            return State.CLOSED;
        }
        return now.isBefore(until) ? State.OPEN : State.TRYING;
    }

    /** When it may be tried again; empty when it is closed. */
    Optional<Instant> until() {
        return Optional.ofNullable(until);
    }

    void answered() {
        failures = 0;
        pause = FIRST_PAUSE;
        until = null;
    }

    void failed(Instant now) {
        failures++;
        if (until != null) {
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
        }
        if (until != null || failures >= PATIENCE) {
            until = now.plus(pause);
        }
    }
}
