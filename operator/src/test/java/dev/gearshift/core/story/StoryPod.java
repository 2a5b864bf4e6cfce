package dev.gearshift.core.story;

import dev.gearshift.core.model.EngineFailure;
import dev.gearshift.core.model.ReplicaPhase;
import dev.gearshift.core.model.ReplicaState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** A replica of a story. */
final class StoryPod {

    final String name;
    final StoryTier tier;
    final Instant created;
    Optional<Instant> nodeOrdered = Optional.empty();
    Optional<Instant> scheduled = Optional.empty();
    Optional<Instant> ready = Optional.empty();
    Optional<String> node = Optional.empty();
    Optional<String> failure = Optional.empty();
    int restarts;
    boolean serving = true;
    boolean drained;
    boolean nodeLeaving;
    boolean terminating;
    Duration sinceBusy = Duration.ZERO;
    double running;
    double waiting;
    double completed;

    StoryPod(String name, StoryTier tier, Instant created) {
        this.name = name;
        this.tier = tier;
        this.created = created;
    }

    ReplicaPhase phase() {
        if (terminating) {
            return ReplicaPhase.TERMINATING;
        } else if (failure.isPresent()) {
            return ReplicaPhase.FAILING;
        } else if (ready.isPresent()) {
            return ReplicaPhase.READY;
        }
        return scheduled.isPresent() ? ReplicaPhase.STARTING : ReplicaPhase.UNSCHEDULED;
    }

    boolean answers() {
        return phase() == ReplicaPhase.READY;
    }

    ReplicaState state() {
        boolean failing = phase() == ReplicaPhase.FAILING;
        return new ReplicaState(
                name,
                tier.name(),
                phase(),
                created,
                scheduled,
                answers() ? ready : Optional.empty(),
                node,
                serving,
                nodeLeaving,
                failing
                        ? Optional.of(new EngineFailure(
                                "engine", failure.orElseThrow(), OptionalInt.of(1), "it broke", restarts))
                        : Optional.empty());
    }
}
