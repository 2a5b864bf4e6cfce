package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many pods a namespace may have, as a ResourceQuota says. */
final class Quotas {

    private final SortedMap<String, Integer> most = new TreeMap<>();

    /** Lets a namespace have so many pods. */
    void set(String namespace, int pods) {
        most.put(namespace, pods);
    }

    /** Lets a namespace have any number of pods. */
    void lift(String namespace) {
        most.remove(namespace);
    }

    /**
     * Why one more pod is refused, in the API server's words; empty when it is not.
     *
     * @param present every pod there is
     * @param name the pod
     */
    Optional<String> refusal(Collection<Pod> present, String namespace, String name) {
        Integer limit = most.get(namespace);
        if (limit == null) {
            return Optional.empty();
        }
        long used = present.stream()
                .filter(pod -> namespace.equals(pod.getMetadata().getNamespace()))
                .count();
        return used < limit
                ? Optional.empty()
                : Optional.of(
                        "pods \"%s\" is forbidden: exceeded quota: pods, requested: pods=1, used: pods=%d, limited: pods=%d"
                                .formatted(name, used, limit));
    }
}
