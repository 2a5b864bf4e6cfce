package dev.gearshift.sandbox.cluster;

import dev.gearshift.sandbox.cluster.ContainerLife.Step;
import dev.gearshift.sandbox.time.Agenda;
import dev.gearshift.sandbox.time.Seed;
import dev.gearshift.simulate.FailureCause;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kubelets of all nodes: they run the containers of the pods placed there and write the pods' status. An engine that is told to stop
 * aborts its requests, as vLLM does, and one whose pod has a hook before that serves on until it is idle, looked at once a second, or its
 * grace period ends: the hook is taken for one that waits for the requests, whatever it is. A kubelet whose machine is off does nothing.
 */
final class Kubelets implements Controller {

    static final String COMPONENT = "kubelet";

    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final class Running {
        final String name;
        final String node;
        final String ip;
        final String admitted;
        final ContainerLife life;

        Running(String name, String node, String ip, String admitted, ContainerLife life) {
            this.name = name;
            this.node = node;
            this.ip = ip;
            this.admitted = admitted;
            this.life = life;
        }
    }

    private final Cluster cluster;
    private final Agenda agenda;
    private final EventRecorder events;
    private final WorldLog log;
    private final Engines engines;
    private final Faults faults;
    private final ColdStart coldStart;
    private final Seed seed;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<String, Set<String>> images = new LinkedHashMap<>();
    private final Set<String> off = new HashSet<>();
    private final Map<String, FailureCause> ending = new LinkedHashMap<>();
    private int addresses;

    Kubelets(ClusterParts parts, Engines engines, Faults faults, WorldOptions options) {
        this.cluster = parts.cluster();
        this.agenda = parts.agenda();
        this.events = parts.events();
        this.log = parts.log();
        this.engines = engines;
        this.faults = faults;
        this.coldStart = options.coldStart();
        this.seed = options.seed().of("kubelet");
    }

    /** Has requests that a node's engines leave unfinished from now on fail for this cause. */
    void announceEnd(String node, FailureCause cause) {
        ending.put(node, cause);
    }

    /** Stops everything on a node at once, its kubelet included. */
    void powerOff(String node, FailureCause cause, Instant now) {
        off.add(node);
        running.entrySet().removeIf(entry -> {
            boolean here = entry.getValue().node.equals(node);
            if (here) {
                engines.stop(entry.getKey(), cause, now);
            }
            return here;
        });
    }

    /** Ends the process of an engine that is up; its kubelet restarts it. */
    void crash(Pod pod, Fault.Crash crash, Instant now) {
        Running there = running.get(Pods.uid(pod));
        if (there != null && there.life.isUp()) {
            exited(pod, there, () -> there.life.exit(crash, now), now);
        }
    }

    @Override
    public void reconcile(Instant now) {
        List<Pod> pods = cluster.pods();
        Set<String> present = new HashSet<>();
        for (Pod pod : pods) {
            present.add(Pods.uid(pod));
            if (Pods.isScheduled(pod) && !off.contains(pod.getSpec().getNodeName())) {
                if (Pods.isTerminating(pod)) {
                    terminate(pod, now);
                } else {
                    run(pod, now);
                }
            }
        }
        for (String uid : new ArrayList<>(running.keySet())) {
            if (!present.contains(uid)) {
                stop(uid, FailureCause.REPLICA_LOST, now);
            }
        }
    }

    private void run(Pod pod, Instant now) {
        Running there = running.computeIfAbsent(Pods.uid(pod), uid -> admit(pod, now));
        ContainerLife life = there.life;
        while (!life.until().isAfter(now)) {
            Step before = life.step();
            exited(pod, there, () -> life.next(faults.of(pod)), now);
            tell(pod, life, before, now);
            if (life.step() == Step.SERVING) {
                engines.start(pod, now);
                log.add(now, "Pod " + there.name, "ready");
            }
        }
        if (!life.until().equals(Instant.MAX)) {
            agenda.wakeAt(life.until());
        }
        PodStatus status = PodStatuses.of(pod, life, there.ip, there.admitted, Timestamps.of(now));
        if (!status.equals(pod.getStatus())) {
            cluster.updateStatus(new PodBuilder(pod).withStatus(status).build());
        }
    }

    private Running admit(Pod pod, Instant now) {
        String node = pod.getSpec().getNodeName();
        boolean imagePresent = !images.computeIfAbsent(node, any -> new HashSet<>())
                .add(Pods.engine(pod).getImage());
        addresses++;
        return new Running(
                pod.getMetadata().getName(),
                node,
                "10.8.%d.%d".formatted(addresses / 250, 1 + addresses % 250),
                Timestamps.of(now),
                new ContainerLife(coldStart, seed.of(Pods.key(pod)), imagePresent, now));
    }

    /** Does something that may end the process, and ends its engine when it did. */
    private void exited(Pod pod, Running there, Runnable action, Instant now) {
        action.run();
        if (there.life.step() == Step.EXITED) {
            engines.stop(Pods.uid(pod), FailureCause.ENGINE_CRASHED, now);
            there.life
                    .lastExit()
                    .ifPresent(exit -> log.add(
                            now, "Pod " + there.name, "engine exited: " + exit.reason() + ", code " + exit.code()));
            agenda.wakeAt(there.life.until());
        }
    }

    private void tell(Pod pod, ContainerLife life, Step before, Instant now) {
        String image = Pods.engine(pod).getImage();
        @Nullable String reason;
        String message;
        switch (life.step()) {
            case ERR_IMAGE_PULL -> {
                reason = "Failed";
                message = "Failed to pull image \"" + image + "\": " + life.pullError();
            }
            case IMAGE_PULL_BACK_OFF -> {
                reason = "BackOff";
                message = "Back-off pulling image \"" + image + "\"";
            }
            case CRASH_LOOP_BACK_OFF -> {
                reason = "BackOff";
                message = "Back-off restarting failed container "
                        + Pods.engine(pod).getName();
            }
            default -> {
                return;
            }
        }
        if (before != life.step()) {
            events.tell(now, COMPONENT, pod, EventRecorder.WARNING, reason, message);
        }
    }

    private void terminate(Pod pod, Instant now) {
        Running there = running.get(Pods.uid(pod));
        boolean serving = there != null && there.life.step() == Step.SERVING;
        boolean finishes = Pods.finishesRequests(pod);
        boolean over = !Instant.parse(pod.getMetadata().getDeletionTimestamp()).isAfter(now);
        if (serving && finishes && !over && !engines.isIdle(pod, now)) {
            agenda.wakeAt(now.plus(LOOK));
            return;
        }
        stop(Pods.uid(pod), finishes ? FailureCause.GRACE_PERIOD_OVER : FailureCause.REPLICA_LOST, now);
        cluster.remove(pod);
        log.add(now, "Pod " + pod.getMetadata().getName(), "stopped");
    }

    private void stop(String uid, FailureCause cause, Instant now) {
        Running there = running.remove(uid);
        if (there != null) {
            engines.stop(uid, ending.getOrDefault(there.node, cause), now);
        }
    }
}
