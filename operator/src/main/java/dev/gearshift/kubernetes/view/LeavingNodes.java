package dev.gearshift.kubernetes.view;

import io.fabric8.kubernetes.api.model.Node;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Nodes that are about to go away: cordoned, given notice by their owner, given up by an autoscaler, or out of reach. */
final class LeavingNodes {

    /** Taints that say so, from Kubernetes, GKE, AWS' termination handler, Azure, the cluster autoscaler and Karpenter. */
    private static final Set<String> TAINTS = Set.of(
            "node.kubernetes.io/unschedulable",
            "node.kubernetes.io/unreachable",
            "node.kubernetes.io/not-ready",
            "node.kubernetes.io/out-of-service",
            "cloud.google.com/impending-node-termination",
            "aws-node-termination-handler/spot-itn",
            "aws-node-termination-handler/scheduled-maintenance",
            "aws-node-termination-handler/asg-lifecycle-termination",
            "aws-node-termination-handler/rebalance-recommendation",
            "remediator.kubernetes.azure.com/unschedulable",
            "ToBeDeletedByClusterAutoscaler",
            "karpenter.sh/disrupted");

    private LeavingNodes() {}

    static SortedSet<String> of(Collection<Node> nodes) {
        SortedSet<String> names = new TreeSet<>();
        for (Node node : nodes) {
            if (isLeaving(node)) {
                names.add(node.getMetadata().getName());
            }
        }
        return Collections.unmodifiableSortedSet(names);
    }

    private static boolean isLeaving(Node node) {
        if (node.getMetadata().getDeletionTimestamp() != null) {
            return true;
        }
        return node.getSpec() != null
                && (Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                        || (node.getSpec().getTaints() != null
                                && node.getSpec().getTaints().stream()
                                        .anyMatch(taint -> TAINTS.contains(taint.getKey()))));
    }
}
