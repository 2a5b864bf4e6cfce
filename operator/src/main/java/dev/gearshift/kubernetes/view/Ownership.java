package dev.gearshift.kubernetes.view;

import dev.gearshift.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose an object is, and who manages its number of replicas. */
public final class Ownership {

    /** How kubectl signs what a person changed once: {@code scale}, {@code edit} and {@code patch}. */
    private static final Set<String> HANDS = Set.of("kubectl", "kubectl-edit", "kubectl-patch");

    private Ownership() {}

    /** Whether {@code owner} controls an object. */
    public static boolean controls(HasMetadata owner, HasMetadata object) {
        String uid = owner.getMetadata().getUid();
        List<OwnerReference> references = object.getMetadata().getOwnerReferences();
        return references != null
                && references.stream()
                        .anyMatch(reference -> Boolean.TRUE.equals(reference.getController())
                                && Objects.equals(uid, reference.getUid()));
    }

    /**
     * Whether a pod is a replica of one of these Deployments: controlled by a ReplicaSet with the name of one. A pod that only
     * carries our labels, such as a copy made to debug it, is not.
     */
    public static boolean isReplicaOf(Collection<Deployment> deployments, Pod pod) {
        List<OwnerReference> references = pod.getMetadata().getOwnerReferences();
        return references != null
                && references.stream()
                        .filter(reference -> Boolean.TRUE.equals(reference.getController())
                                && "ReplicaSet".equals(reference.getKind()))
                        .anyMatch(reference -> deployments.stream()
                                .anyMatch(deployment -> reference
                                        .getName()
                                        .startsWith(deployment.getMetadata().getName() + "-")));
    }

    /**
     * The manager other than Gearshift that holds {@code spec.replicas} of an object; empty when there is none. A person who
     * changed it once by hand is no manager: such a change is put right like any other.
     */
    public static Optional<String> foreignScaler(HasMetadata object) {
        List<ManagedFieldsEntry> entries = object.getMetadata().getManagedFields();
        return entries == null
                ? Optional.empty()
                : entries.stream()
                        .filter(entry -> !Labels.FIELD_MANAGER.equals(entry.getManager()) && !isByHand(entry))
                        .filter(entry -> holdsReplicas(entry.getFieldsV1()))
                        .map(entry -> Objects.requireNonNullElse(entry.getManager(), "unknown"))
                        .findFirst();
    }

    private static boolean isByHand(ManagedFieldsEntry entry) {
        return "Update".equals(entry.getOperation()) && HANDS.contains(entry.getManager());
    }

    private static boolean holdsReplicas(@Nullable FieldsV1 fields) {
        return fields != null
                && fields.getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                && spec.containsKey("f:replicas");
    }
}
