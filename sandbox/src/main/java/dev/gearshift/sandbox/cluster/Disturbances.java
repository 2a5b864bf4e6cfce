package dev.gearshift.sandbox.cluster;

import dev.gearshift.sandbox.time.Agenda;
import dev.gearshift.sandbox.time.Seed;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What can go wrong, entered for a time after the start of the world. Where one node of a group is concerned it is drawn from those
 * that have a ready pod, otherwise from all; when the group has no node at that time, nothing happens and the log says so.
 */
public final class Disturbances {

    private final Cluster cluster;
    private final Agenda agenda;
    private final WorldLog log;
    private final NodeLife nodes;
    private final NodeAutoscaler autoscaler;
    private final Kubelets kubelets;
    private final Faults faults;
    private final Quotas quotas;
    private final Instant start;
    private final Seed seed;

    Disturbances(
            ClusterParts parts,
            NodeLife nodes,
            NodeAutoscaler autoscaler,
            Kubelets kubelets,
            Faults faults,
            Quotas quotas,
            WorldOptions options) {
        this.cluster = parts.cluster();
        this.agenda = parts.agenda();
        this.log = parts.log();
        this.nodes = nodes;
        this.autoscaler = autoscaler;
        this.kubelets = kubelets;
        this.faults = faults;
        this.quotas = quotas;
        this.start = options.start();
        this.seed = options.seed().of("disturbances");
    }

    /** One node of a group gets notice that it will be taken back in 30 seconds. */
    public void spotInterruption(Duration at, String group) {
        onOneNode(at, group, "spot interruption", nodes::interrupt);
    }

    /** The machine of one node of a group stops without notice. */
    public void nodeLoss(Duration at, String group) {
        onOneNode(at, group, "loss", nodes::lose);
    }

    /** One node of a group is cordoned and its pods are told to stop. */
    public void drain(Duration at, String group) {
        onOneNode(at, group, "drain", nodes::drain);
    }

    /** No node of a group can be had for a while; those already asked for still come. */
    public void stockOut(Duration from, Duration to, String group) {
        agenda.at(start.plus(from), now -> autoscaler.setInStock(group, false, now));
        agenda.at(start.plus(to), now -> autoscaler.setInStock(group, true, now));
    }

    /** A namespace may have no more than so many pods for a while; those it has stay. */
    public void quota(Duration from, Duration to, String namespace, int pods) {
        agenda.at(start.plus(from), now -> quotas.set(namespace, pods));
        agenda.at(start.plus(to), now -> quotas.lift(namespace));
    }

    /**
     * Engines of some pods are faulty for a while: each at its next start or pull in that time. See {@link Pods#ofTier},
     * {@link Pods#ofModel}, {@link Pods#withImage}.
     */
    public void fault(Duration from, Duration to, Predicate<Pod> pods, Fault fault) {
        agenda.at(start.plus(from), now -> {
            long injected = faults.inject(pods, fault);
            agenda.at(start.plus(to), later -> faults.cure(injected));
        });
    }

    /** The engines of some pods that are up end once, and are restarted. */
    public void crash(Duration at, Predicate<Pod> pods, Fault.Crash crash) {
        agenda.at(
                start.plus(at),
                now -> cluster.pods().stream().filter(pods).forEach(pod -> kubelets.crash(pod, crash, now)));
    }

    private void onOneNode(Duration at, String group, String what, BiConsumer<Node, Instant> action) {
        agenda.at(start.plus(at), now -> {
            Optional<Node> chosen = choose(group, seed.of(what).of(at.toMillis()));
            chosen.ifPresentOrElse(
                    node -> action.accept(node, now),
                    () -> log.add(now, "NodeGroup " + group, "no node for a " + what));
        });
    }

    private Optional<Node> choose(String group, Seed draw) {
        List<Node> all = nodes.nodesOf(group).stream()
                .filter(node -> !nodes.isLeaving(node.getMetadata().getName()))
                .toList();
        List<Node> serving = all.stream()
                .filter(node -> cluster.podsOn(node.getMetadata().getName()).stream()
                        .anyMatch(pod -> Pods.isActive(pod) && Pods.isReady(pod)))
                .toList();
        List<Node> candidates = serving.isEmpty() ? all : serving;
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(draw.pick(candidates.size())));
    }
}
