package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.QueryText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How long a query made of several may be. Servers and proxies have limits that nobody tells: when expressions fail together and none of
 * them fails apart, their number was the fault, and no query is made longer than the longest of their parts that was answered.
 * Such a limit holds for {@link #HELD}, then twice as much is tried; a server that was only busy must not be asked in crumbs
 * for ever. Not safe for use by several threads.
 */
final class CombinedSize {

    /** The longest query, in bytes: below the 16 KiB that some servers have for a limit. */
    static final int LARGEST = 12 * 1024;

    /** How long a limit that was found holds. */
    static final Duration HELD = Duration.ofHours(1);

    /** Expressions that failed together, and what came of them since. */
    private static final class Trial {

        private final SortedMap<ModelKey, QueryText> members;
        private final TreeSet<ModelKey> pending;
        private int answered;

        Trial(SortedMap<ModelKey, QueryText> members) {
            this.members = new TreeMap<>(members);
            this.pending = new TreeSet<>(members.keySet());
        }
    }

    private final List<Trial> trials = new ArrayList<>();
    private int limit = LARGEST;
    private Optional<Instant> lowered = Optional.empty();

    /** The limit, in bytes. One expression alone may be longer. */
    int limit(Instant now) {
        if (lowered.filter(at -> !at.plus(HELD).isAfter(now)).isPresent()) {
            limit = Math.min(LARGEST, 2 * limit);
            lowered = limit < LARGEST ? Optional.of(now) : Optional.empty();
        }
        return limit;
    }

    /** Drops what expressions that are no longer declared would tell. */
    void declared(SortedMap<ModelKey, QueryText> declared) {
        trials.removeIf(trial -> trial.members.entrySet().stream()
                .anyMatch(entry -> !entry.getValue().equals(declared.get(entry.getKey()))));
    }

    /** Several failed together. */
    void failed(SortedMap<ModelKey, QueryText> together) {
        trials.add(new Trial(together));
    }

    /** One failed alone: whatever failed with it failed because of it. */
    void blamed(ModelKey model) {
        trials.removeIf(trial -> trial.members.containsKey(model));
    }

    /** Suspects were answered, as one query of so many bytes. */
    void answered(Collection<ModelKey> together, int bytes, Instant now) {
        for (Trial trial : List.copyOf(trials)) {
            if (trial.pending.removeAll(together)) {
                trial.answered = Math.max(trial.answered, bytes);
            }
            if (trial.pending.isEmpty()) {
                trials.remove(trial);
                limit = Math.min(limit, trial.answered);
                lowered = Optional.of(now);
            }
        }
    }
}
