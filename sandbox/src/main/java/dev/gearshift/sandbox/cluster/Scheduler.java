package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Places pods on nodes, the oldest first. Of the nodes that fit it takes the one with the fewest accelerators left, then the first
 * by name: packing leaves whole nodes empty, and the bill comes by the node. No preemption, no topology spread.
 */
final class Scheduler implements Controller {

    static final String COMPONENT = "default-scheduler";

    private record Fitting(Node node, BigDecimal acceleratorsLeft) {}

    private final Cluster cluster;
    private final EventRecorder events;
    private final WorldLog log;

    Scheduler(Cluster cluster, EventRecorder events, WorldLog log) {
        this.cluster = cluster;
        this.events = events;
        this.log = log;
    }

    @Override
    public void reconcile(Instant now) {
        List<Pod> pending = cluster.pods().stream()
                .filter(pod -> Pods.isActive(pod) && !Pods.isScheduled(pod))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .toList();
        for (Pod pod : pending) {
            place(pod, now);
        }
    }

    private void place(Pod pod, Instant now) {
        List<Node> nodes = cluster.nodes();
        List<Fitting> fitting = new ArrayList<>();
        Map<String, Integer> obstacles = new TreeMap<>();
        for (Node node : nodes) {
            String name = node.getMetadata().getName();
            Resources left = Resources.leftOn(node, cluster.podsOn(name));
            List<String> against = NodeFit.obstacles(pod, node, left);
            if (against.isEmpty()) {
                fitting.add(new Fitting(node, left.extended()));
            }
            against.forEach(obstacle -> obstacles.merge(obstacle, 1, Integer::sum));
        }
        Optional<Fitting> best = fitting.stream()
                .min(Comparator.comparing(Fitting::acceleratorsLeft)
                        .thenComparing(fit -> fit.node().getMetadata().getName()));
        if (best.isPresent()) {
            bind(pod, best.get().node().getMetadata().getName(), now);
        } else {
            refuse(pod, message(nodes.size(), obstacles), now);
        }
    }

    private void bind(Pod pod, String node, Instant now) {
        cluster.update(
                new PodBuilder(pod).editSpec().withNodeName(node).endSpec().build());
        cluster.updateStatus(with(pod, Pods.condition(pod, "PodScheduled", true, "", "", Timestamps.of(now)))
                .editSpec()
                .withNodeName(node)
                .endSpec()
                .build());
        log.add(now, "Pod " + pod.getMetadata().getName(), "placed on " + node);
    }

    private void refuse(Pod pod, String message, Instant now) {
        PodCondition condition =
                Pods.condition(pod, "PodScheduled", false, "Unschedulable", message, Timestamps.of(now));
        if (Pods.condition(pod, "PodScheduled").filter(condition::equals).isEmpty()) {
            cluster.updateStatus(with(pod, condition).build());
        }
        events.tell(now, COMPONENT, pod, EventRecorder.WARNING, "FailedScheduling", message);
    }

    private static PodBuilder with(Pod pod, PodCondition condition) {
        return new PodBuilder(pod)
                .editOrNewStatus()
                .removeMatchingFromConditions(present -> condition.getType().equals(present.getType()))
                .addToConditions(condition)
                .endStatus();
    }

    private static String message(int nodes, Map<String, Integer> obstacles) {
        if (nodes == 0) {
            return "no nodes available to schedule pods";
        }
        List<String> parts = obstacles.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .toList();
        return "0/" + nodes + " nodes are available: " + String.join(", ", parts) + ".";
    }
}
