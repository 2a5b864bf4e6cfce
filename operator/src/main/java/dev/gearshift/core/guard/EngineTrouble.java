package dev.gearshift.core.guard;

import dev.gearshift.core.model.EngineFailure;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.ReplicaState;
import dev.gearshift.core.model.TierName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tiers on which the engine of a model does not run. After {@link #RESTARTS} restarts, or as soon as a container cannot be made
 * at all, no more replicas are ordered there, until the declaration changes, a replica becomes ready there after all, or
 * {@link #PATIENCE} has passed.
 *
 * @param marks what is wrong, by tier
 */
public record EngineTrouble(SortedMap<TierName, Mark> marks) {

    /** Restarts after which an engine is taken for broken. */
    public static final int RESTARTS = 3;

    /** How long a broken engine is not tried again. */
    public static final Duration PATIENCE = Duration.ofMinutes(30);

    /** All engines run. */
    public static final EngineTrouble NONE = new EngineTrouble(new TreeMap<>());

    /**
     * A tier's mark.
     *
     * @param since when the engine was found broken
     * @param generation the declaration it was broken under
     * @param failure what was seen
     */
    public record Mark(Instant since, long generation, EngineFailure failure) {}

    public EngineTrouble {
        marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
    }

    /** What is wrong on a tier. */
    public Optional<EngineFailure> on(TierName tier) {
        return Optional.ofNullable(marks.get(tier)).map(Mark::failure);
    }

    /**
     * Whether what is declared can start nowhere (its image cannot be pulled, a Secret it names is missing): trying another tier
     * with the same would cost and not help.
     */
    public boolean isEverywhere() {
        return marks.values().stream().anyMatch(mark -> isEverywhere(mark.failure()));
    }

    /** What is known after one more look at a model. */
    public EngineTrouble after(ModelState model, Instant now) {
        SortedMap<TierName, Mark> next = new TreeMap<>(marks);
        next.values()
                .removeIf(mark -> mark.generation() != model.spec().generation()
                        || !now.isBefore(mark.since().plus(PATIENCE)));
        for (ReplicaState replica : model.replicas()) {
            Mark mark = next.get(replica.tier());
            if (mark != null
                    && replica.readySince()
                            .filter(ready -> ready.isAfter(mark.since()))
                            .isPresent()) {
                next.remove(replica.tier());
            }
        }
        for (ReplicaState replica : model.replicas()) {
            replica.failure()
                    .filter(failure -> isNeverStarted(failure) || failure.restarts() >= RESTARTS)
                    .ifPresent(failure -> next.merge(
                            replica.tier(),
                            new Mark(now, model.spec().generation(), failure),
                            (known, news) -> new Mark(known.since(), known.generation(), failure)));
        }
        return new EngineTrouble(next);
    }

    /** Whether there is not even a container that could be restarted: such a failure never counts restarts. */
    private static boolean isNeverStarted(EngineFailure failure) {
        return isEverywhere(failure) || failure.cause().equals("CreateContainerError");
    }

    private static boolean isEverywhere(EngineFailure failure) {
        return failure.cause().contains("Image") || failure.cause().equals("CreateContainerConfigError");
    }
}
