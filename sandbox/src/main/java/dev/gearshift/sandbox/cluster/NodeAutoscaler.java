package dev.gearshift.sandbox.cluster;

import dev.gearshift.sandbox.time.Agenda;
import dev.gearshift.sandbox.time.Seed;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Orders a node for pods that fit nowhere and gives back nodes that stand empty, like the cluster autoscaler: it scans every 10
 * seconds (7 seconds past each ten, so that it does not coincide with everybody else's timers), packs the pending pods onto nodes
 * on their way, then asks the cheapest group that fits and has stock. What it asked for arrives, wanted or not. A group that is out
 * of stock refuses at once, as one in back-off does; nodes already asked for still come. Nodes empty for the idle time are given
 * back; its default of 60 seconds is short (10 minutes are usual) because the operator under test, not this autoscaler, is to decide
 * how long to keep what.
 */
final class NodeAutoscaler implements Controller {

    static final String COMPONENT = "cluster-autoscaler";

    private static final Duration SCAN = Duration.ofSeconds(10);
    private static final Duration SCAN_OFFSET = Duration.ofSeconds(7);

    /** A node on its way, and what of it is not yet spoken for in the present scan. */
    private static final class Upcoming {
        final NodeGroup group;
        Resources left;

        Upcoming(NodeGroup group) {
            this.group = group;
            this.left = Resources.of(group.allocatable());
        }
    }

    private final Cluster cluster;
    private final Agenda agenda;
    private final EventRecorder events;
    private final WorldLog log;
    private final NodeLedger ledger;
    private final NodeLife life;
    private final List<NodeGroup> groups;
    private final Duration idle;
    private final Seed seed;
    private final Set<String> outOfStock = new TreeSet<>();
    private final Map<String, NodeGroup> coming = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Instant> emptySince = new HashMap<>();
    private Instant nextScan;

    NodeAutoscaler(ClusterParts parts, NodeLife life, WorldOptions options) {
        this.cluster = parts.cluster();
        this.agenda = parts.agenda();
        this.events = parts.events();
        this.log = parts.log();
        this.ledger = parts.ledger();
        this.life = life;
        this.groups = options.nodeGroups();
        this.idle = options.nodeIdleTime();
        this.seed = options.seed().of("provisioning");
        this.nextScan = options.start().plus(SCAN_OFFSET);
    }

    /** Creates the nodes that are there from the start. */
    void begin(Instant now) {
        for (NodeGroup group : groups) {
            for (int i = 0; i < group.minNodes(); i++) {
                String name = nextName(group);
                ledger.asked(name, group, now);
                cluster.create(group.node(name, Timestamps.of(now)));
            }
        }
    }

    /** Says whether a group can be had. */
    void setInStock(String group, boolean inStock, Instant now) {
        if (inStock ? outOfStock.remove(group) : outOfStock.add(group)) {
            log.add(now, "NodeGroup " + group, inStock ? "in stock again" : "out of stock");
        }
    }

    /** How many nodes of a group are on their way. */
    int coming(String group) {
        return (int) coming.values().stream()
                .filter(other -> other.name().equals(group))
                .count();
    }

    @Override
    public void reconcile(Instant now) {
        giveBack(now);
        List<Pod> pending = cluster.pods().stream()
                .filter(NodeAutoscaler::isUnschedulable)
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .toList();
        if (pending.isEmpty()) {
            return;
        }
        while (nextScan.isBefore(now)) {
            nextScan = nextScan.plus(SCAN);
        }
        if (nextScan.equals(now)) {
            nextScan = nextScan.plus(SCAN);
            scan(pending, now);
        }
        agenda.wakeAt(nextScan);
    }

    private static boolean isUnschedulable(Pod pod) {
        return Pods.isActive(pod)
                && !Pods.isScheduled(pod)
                && Pods.condition(pod, "PodScheduled")
                        .filter(condition -> "Unschedulable".equals(condition.getReason()))
                        .isPresent();
    }

    private void scan(List<Pod> pending, Instant now) {
        List<Upcoming> upcoming = new ArrayList<>();
        coming.values().forEach(group -> upcoming.add(new Upcoming(group)));
        Map<String, Integer> before = new TreeMap<>();
        groups.forEach(group -> before.put(group.name(), size(group)));
        int ordered = upcoming.size();
        Map<Pod, NodeGroup> helped = new LinkedHashMap<>();
        for (Pod pod : pending) {
            Optional<Upcoming> place = upcoming.stream()
                    .filter(node -> fits(pod, node.group, node.left))
                    .findFirst();
            if (place.isEmpty()) {
                place = cheapestFor(pod, now).map(group -> {
                    ask(group, now);
                    return new Upcoming(group);
                });
                place.ifPresent(upcoming::add);
            }
            place.ifPresent(node -> {
                node.left = node.left.minus(Resources.wantedBy(pod));
                if (upcoming.indexOf(node) >= ordered) {
                    helped.put(pod, node.group);
                }
            });
        }
        helped.forEach((pod, group) -> events.tell(
                now,
                COMPONENT,
                pod,
                EventRecorder.NORMAL,
                "TriggeredScaleUp",
                "pod triggered scale-up: [{%s %d->%d (max: %d)}]"
                        .formatted(group.name(), before.get(group.name()), size(group), group.maxNodes())));
    }

    private static boolean fits(Pod pod, NodeGroup group, Resources left) {
        return NodeFit.obstacles(pod, template(group), left).isEmpty();
    }

    private static Node template(NodeGroup group) {
        return group.node("template", "");
    }

    /** The group to ask for the pod's sake; tells the pod when there is none. */
    private Optional<NodeGroup> cheapestFor(Pod pod, Instant now) {
        Map<String, Integer> obstacles = new TreeMap<>();
        List<NodeGroup> possible = new ArrayList<>();
        for (NodeGroup group : groups) {
            List<String> against = NodeFit.obstacles(pod, template(group), Resources.of(group.allocatable()));
            if (!against.isEmpty()) {
                against.forEach(obstacle -> obstacles.merge(obstacle, 1, Integer::sum));
            } else if (outOfStock.contains(group.name())) {
                obstacles.merge("in backoff after failed scale-up", 1, Integer::sum);
            } else if (size(group) >= group.maxNodes()) {
                obstacles.merge("max node group size reached", 1, Integer::sum);
            } else {
                possible.add(group);
            }
        }
        if (possible.isEmpty()) {
            List<String> parts = new ArrayList<>();
            obstacles.forEach((obstacle, count) -> parts.add(count + " " + obstacle));
            events.tell(
                    now,
                    COMPONENT,
                    pod,
                    EventRecorder.NORMAL,
                    "NotTriggerScaleUp",
                    "pod didn't trigger scale-up: " + String.join(", ", parts));
        }
        return possible.stream().min(Comparator.comparing(NodeGroup::nodePrice).thenComparing(NodeGroup::name));
    }

    private int size(NodeGroup group) {
        return life.nodesOf(group.name()).size() + coming(group.name());
    }

    private String nextName(NodeGroup group) {
        return "%s-%05d".formatted(group.name(), numbers.merge(group.name(), 1, Integer::sum));
    }

    private void ask(NodeGroup group, Instant now) {
        String name = nextName(group);
        Duration delay = group.provisioning().draw(seed.of(name));
        coming.put(name, group);
        ledger.asked(name, group, now);
        log.add(now, "Node " + name, "asked for");
        agenda.at(now.plus(delay), arrival -> {
            coming.remove(name);
            cluster.create(group.node(name, Timestamps.of(arrival)));
            log.add(arrival, "Node " + name, "joined");
        });
    }

    private void giveBack(Instant now) {
        for (NodeGroup group : groups) {
            int count = size(group);
            for (Node node : life.nodesOf(group.name())) {
                String name = node.getMetadata().getName();
                if (life.isLeaving(name) || !cluster.podsOn(name).isEmpty()) {
                    emptySince.remove(name);
                    continue;
                }
                Instant due = emptySince.computeIfAbsent(name, any -> now).plus(idle);
                if (due.isAfter(now)) {
                    agenda.wakeAt(due);
                } else if (count > group.minNodes()) {
                    count--;
                    emptySince.remove(name);
                    ledger.gone(name, now);
                    cluster.remove(node);
                    log.add(now, "Node " + name, "given back, empty for " + idle.toSeconds() + " s");
                }
            }
        }
    }
}
