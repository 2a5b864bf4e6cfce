package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deletes objects whose owners are all gone. An owner of a kind that is not watched counts as present. Deletion is in the
 * background, top down; an owner that waits for its dependants is not modelled.
 */
final class GarbageCollector implements Controller {

    private final Cluster cluster;
    private final List<Class<? extends HasMetadata>> kinds;

    /** Watches objects of {@code kinds}, both as owners and as owned. */
    GarbageCollector(Cluster cluster, List<Class<? extends HasMetadata>> kinds) {
        this.cluster = cluster;
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public void reconcile(Instant now) {
        Map<String, Set<String>> present = new HashMap<>();
        for (Class<? extends HasMetadata> kind : kinds) {
            Set<String> uids = present.computeIfAbsent(HasMetadata.getKind(kind), k -> new HashSet<>());
            cluster.list(kind).forEach(object -> uids.add(object.getMetadata().getUid()));
        }
        for (Class<? extends HasMetadata> kind : kinds) {
            for (HasMetadata object : cluster.list(kind)) {
                List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
                if (object.getMetadata().getDeletionTimestamp() == null
                        && !owners.isEmpty()
                        && owners.stream().allMatch(owner -> isGone(owner, present))) {
                    cluster.delete(object);
                }
            }
        }
    }

    private static boolean isGone(OwnerReference owner, Map<String, Set<String>> present) {
        Set<String> uids = present.get(owner.getKind());
        return uids != null && !uids.contains(owner.getUid());
    }
}
