package dev.gearshift.kubernetes.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conditions one after the other; one whose status is what it was keeps the time since when it is so. */
final class Conditions {

    private final List<Condition> before;
    private final Instant now;
    private final List<Condition> conditions = new ArrayList<>();

    Conditions(@Nullable List<Condition> before, Instant now) {
        this.before = before == null ? List.of() : before;
        this.now = now;
    }

    /** The condition as it was written last. */
    Optional<Condition> before(ConditionType type) {
        return before.stream()
                .filter(condition -> type.word().equals(condition.getType()))
                .findFirst();
    }

    /**
     * Adds a condition.
     *
     * @param generation the generation of the declaration it is about
     */
    void add(ConditionType type, Finding finding, @Nullable Long generation) {
        String since = before(type)
                .filter(condition -> finding.truth().word().equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> Figures.time(now));
        conditions.add(new ConditionBuilder()
                .withType(type.word())
                .withStatus(finding.truth().word())
                .withReason(finding.reason())
                .withMessage(finding.message())
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build());
    }

    /** Adds a condition as it was written last, if it was. */
    boolean keep(ConditionType type) {
        Optional<Condition> last = before(type);
        last.ifPresent(conditions::add);
        return last.isPresent();
    }

    /** The conditions in the order they were added in. */
    List<Condition> all() {
        return List.copyOf(conditions);
    }
}
