package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which engines are faulty. A fault strikes at an engine's next start or pull, not while it serves. */
final class Faults {

    private record Rule(Predicate<Pod> pods, Fault fault) {}

    private final Map<Long, Rule> rules = new LinkedHashMap<>();
    private long number;

    /** Makes engines faulty from now on; the answer is for {@link #cure}. */
    long inject(Predicate<Pod> pods, Fault fault) {
        rules.put(++number, new Rule(pods, fault));
        return number;
    }

    /** Ends a fault. */
    void cure(long fault) {
        rules.remove(fault);
    }

    /** What is wrong with a pod's engine now; the fault entered first when there are several. */
    Optional<Fault> of(Pod pod) {
        return rules.values().stream()
                .filter(rule -> rule.pods().test(pod))
                .map(Rule::fault)
                .findFirst();
    }
}
