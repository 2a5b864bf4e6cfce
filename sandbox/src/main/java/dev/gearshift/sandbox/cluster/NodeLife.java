package dev.gearshift.sandbox.cluster;

import dev.gearshift.sandbox.time.Agenda;
import dev.gearshift.simulate.FailureCause;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How nodes end other than by being given back.
 *
 * <p><b>Spot interruption</b>: 30 seconds of notice, during which the node carries the taint {@link #INTERRUPTION_TAINT} and takes no
 * more pods, and its pods are told to stop, as a termination handler does; then it is gone. <b>Loss</b>: the machine stops at once and
 * is no longer paid; after 40 seconds without a sign of life the node is marked {@code Ready=Unknown} and its pods not ready; 60
 * seconds after the loss the cloud's controller removes the node, and its pods with it. <b>Drain</b>: the node is cordoned and its pods
 * are told to stop.
 */
final class NodeLife {

    static final String INTERRUPTION_TAINT = "cloud.google.com/impending-node-termination";
    static final Duration NOTICE = Duration.ofSeconds(30);
    static final Duration UNTIL_NOT_READY = Duration.ofSeconds(40);
    static final Duration UNTIL_REMOVED = Duration.ofSeconds(60);

    private static final String UNREACHABLE_TAINT = "node.kubernetes.io/unreachable";

    private final Cluster cluster;
    private final Agenda agenda;
    private final EventRecorder events;
    private final WorldLog log;
    private final NodeLedger ledger;
    private final Kubelets kubelets;
    private final Map<String, FailureCause> leaving = new LinkedHashMap<>();

    NodeLife(ClusterParts parts, Kubelets kubelets) {
        this.cluster = parts.cluster();
        this.agenda = parts.agenda();
        this.events = parts.events();
        this.log = parts.log();
        this.ledger = parts.ledger();
        this.kubelets = kubelets;
    }

    /** The nodes of a group that have joined. */
    List<Node> nodesOf(String group) {
        return cluster.nodes().stream()
                .filter(node -> group.equals(node.getMetadata().getLabels().get(NodeGroup.LABEL)))
                .toList();
    }

    /** Whether a node is about to end, or has ended and is still listed. */
    boolean isLeaving(String node) {
        return leaving.containsKey(node);
    }

    void interrupt(Node node, Instant now) {
        String name = node.getMetadata().getName();
        if (leaving.putIfAbsent(name, FailureCause.SPOT_INTERRUPTION) != null) {
            return;
        }
        kubelets.announceEnd(name, FailureCause.SPOT_INTERRUPTION);
        log.add(now, "Node " + name, "spot interruption announced");
        cluster.update(new NodeBuilder(node)
                .editSpec()
                .withUnschedulable(true)
                .addNewTaint()
                .withKey(INTERRUPTION_TAINT)
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .build());
        events.tell(
                now,
                "node-termination-handler",
                node,
                EventRecorder.WARNING,
                "SpotInterruption",
                "The machine is taken back in " + NOTICE.toSeconds() + " seconds");
        evict(name);
        agenda.at(now.plus(NOTICE), end -> {
            kubelets.powerOff(name, FailureCause.SPOT_INTERRUPTION, end);
            remove(name, end);
        });
    }

    void lose(Node node, Instant now) {
        String name = node.getMetadata().getName();
        if (leaving.putIfAbsent(name, FailureCause.NODE_LOST) != null) {
            return;
        }
        log.add(now, "Node " + name, "lost");
        ledger.gone(name, now);
        kubelets.powerOff(name, FailureCause.NODE_LOST, now);
        agenda.at(now.plus(UNTIL_NOT_READY), later -> markUnknown(name, later));
        agenda.at(now.plus(UNTIL_REMOVED), later -> remove(name, later));
    }

    void drain(Node node, Instant now) {
        log.add(now, "Node " + node.getMetadata().getName(), "drained");
        cluster.update(new NodeBuilder(node)
                .editSpec()
                .withUnschedulable(true)
                .endSpec()
                .build());
        evict(node.getMetadata().getName());
    }

    private void evict(String node) {
        cluster.podsOn(node).stream().filter(Pods::isActive).forEach(cluster::delete);
    }

    private void markUnknown(String name, Instant now) {
        String time = Timestamps.of(now);
        cluster.node(name).ifPresent(node -> {
            Node tainted = new NodeBuilder(node)
                    .editSpec()
                    .addNewTaint()
                    .withKey(UNREACHABLE_TAINT)
                    .withEffect("NoSchedule")
                    .endTaint()
                    .endSpec()
                    .build();
            cluster.update(tainted);
            cluster.updateStatus(new NodeBuilder(tainted)
                    .editStatus()
                    .editMatchingCondition(condition -> "Ready".equals(condition.getType()))
                    .withStatus("Unknown")
                    .withReason("NodeStatusUnknown")
                    .withMessage("Kubelet stopped posting node status.")
                    .withLastTransitionTime(time)
                    .endCondition()
                    .endStatus()
                    .build());
            events.tell(
                    now,
                    "node-controller",
                    node,
                    EventRecorder.NORMAL,
                    "NodeNotReady",
                    "Node " + name + " is not ready");
        });
        for (Pod pod : cluster.podsOn(name)) {
            if (Pods.isReady(pod)) {
                cluster.updateStatus(new PodBuilder(pod)
                        .editStatus()
                        .editMatchingCondition(condition -> "Ready".equals(condition.getType()))
                        .withStatus("False")
                        .withLastTransitionTime(time)
                        .endCondition()
                        .endStatus()
                        .build());
            }
        }
    }

    private void remove(String name, Instant now) {
        cluster.podsOn(name).forEach(cluster::remove);
        cluster.node(name).ifPresent(cluster::remove);
        ledger.gone(name, now);
        leaving.remove(name);
        log.add(now, "Node " + name, "gone");
    }
}
