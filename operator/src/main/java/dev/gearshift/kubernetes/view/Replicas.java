package dev.gearshift.kubernetes.view;

import dev.gearshift.core.model.EngineFailure;
import dev.gearshift.core.model.ReplicaPhase;
import dev.gearshift.core.model.ReplicaState;
import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Pods as replicas. */
public final class Replicas {

    private Replicas() {}

    /**
     * The replica a pod is; empty for a pod that has ended, or that belongs to no tier.
     *
     * @param leavingNodes names of nodes that are about to go away
     */
    public static Optional<ReplicaState> of(Pod pod, SortedSet<String> leavingNodes) {
        Optional<TierName> tier = tier(pod);
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        if (tier.isEmpty() || "Failed".equals(phase) || "Succeeded".equals(phase)) {
            return Optional.empty();
        }
        String nodeName = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        Optional<String> node = Optional.ofNullable(nodeName).filter(name -> !name.isBlank());
        Optional<EngineFailure> failure = EngineFailures.of(pod);
        Optional<Instant> ready = since(pod, "Ready");
        ReplicaPhase life = phase(pod, node.isPresent(), ready.isPresent(), failure.isPresent());
        return Optional.of(new ReplicaState(
                pod.getMetadata().getName(),
                tier.get(),
                life,
                instant(pod.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH),
                node.isPresent() ? since(pod, "PodScheduled") : Optional.empty(),
                life == ReplicaPhase.READY ? ready : Optional.empty(),
                node,
                "true".equals(label(pod, Labels.SERVING)),
                node.filter(name -> leavingNodes.contains(name)).isPresent(),
                life == ReplicaPhase.FAILING ? failure : Optional.empty()));
    }

    /** The tier a pod was asked for on. */
    public static Optional<TierName> tier(Pod pod) {
        return Optional.ofNullable(label(pod, Labels.TIER))
                .filter(name -> !name.isBlank())
                .map(TierName::new);
    }

    private static ReplicaPhase phase(Pod pod, boolean placed, boolean ready, boolean fails) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return ReplicaPhase.TERMINATING;
        } else if (!placed) {
            return ReplicaPhase.UNSCHEDULED;
        } else if (ready) {
            return ReplicaPhase.READY;
        }
        return fails ? ReplicaPhase.FAILING : ReplicaPhase.STARTING;
    }

    /** Since when a condition is true; empty when it is not. */
    private static Optional<Instant> since(Pod pod, String type) {
        return condition(pod, type)
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> instant(condition.getLastTransitionTime()).orElse(Instant.EPOCH));
    }

    static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus() == null || pod.getStatus().getConditions() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    static Optional<Instant> instant(@Nullable String time) {
        try {
            return Optional.ofNullable(time).map(Instant::parse);
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    private static @Nullable String label(Pod pod, String name) {
        var labels = pod.getMetadata().getLabels();
        return labels == null ? null : labels.get(name);
    }
}
