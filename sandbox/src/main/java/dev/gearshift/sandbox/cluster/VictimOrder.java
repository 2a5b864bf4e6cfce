package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pods of a ReplicaSet go first when it shrinks, in the order of a real cluster: not placed before placed, pending before
 * running, not ready before ready, lower deletion cost, more siblings on the same node, ready for a shorter time, more restarts,
 * younger; what remains equal goes by name, the last first.
 */
final class VictimOrder {

    static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    private VictimOrder() {}

    static Comparator<Pod> among(List<Pod> pods) {
        Map<String, Integer> siblings = new HashMap<>();
        for (Pod pod : pods) {
            if (Pods.isScheduled(pod)) {
                siblings.merge(pod.getSpec().getNodeName(), 1, Integer::sum);
            }
        }
        return Comparator.comparing(Pods::isScheduled)
                .thenComparing(VictimOrder::phaseRank)
                .thenComparing(Pods::isReady)
                .thenComparing(VictimOrder::deletionCost)
                .thenComparing(pod -> -siblings.getOrDefault(pod.getSpec().getNodeName(), 0))
                .thenComparing(VictimOrder::readySince, Comparator.reverseOrder())
                .thenComparing(pod -> -restarts(pod))
                .thenComparing(pod -> pod.getMetadata().getCreationTimestamp(), Comparator.reverseOrder())
                .thenComparing(pod -> pod.getMetadata().getName(), Comparator.reverseOrder());
    }

    static Instant readySince(Pod pod) {
        return Pods.condition(pod, "Ready")
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                .orElse(Instant.MAX);
    }

    private static int phaseRank(Pod pod) {
        return switch (Pods.phase(pod)) {
            case "Pending" -> 0;
            case "Unknown" -> 1;
            default -> 2;
        };
    }

    private static int deletionCost(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String cost = annotations == null ? null : annotations.get(DELETION_COST);
        try {
            return cost == null ? 0 : Integer.parseInt(cost);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static int restarts(Pod pod) {
        return pod.getStatus() == null
                ? 0
                : pod.getStatus().getContainerStatuses().stream()
                        .mapToInt(status -> status.getRestartCount())
                        .max()
                        .orElse(0);
    }
}
