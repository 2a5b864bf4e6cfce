package dev.gearshift.sandbox.cluster;

import dev.gearshift.sandbox.time.DurationRange;
import dev.gearshift.sandbox.time.Seed;
import dev.gearshift.sandbox.time.VirtualClock;
import dev.gearshift.sandbox.traffic.EngineSpec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a world is like.
 *
 * @param seed what all chance follows from
 * @param start when it begins
 * @param nodeGroups nodes that can be had
 * @param nodeIdleTime how long a node stands empty before it is given back
 * @param coldStart how long engines take to start
 * @param engines what engine runs in a pod
 * @param collected kinds that garbage collection watches, as owners and as owned
 */
public record WorldOptions(
        Seed seed,
        Instant start,
        List<NodeGroup> nodeGroups,
        Duration nodeIdleTime,
        ColdStart coldStart,
        Function<Pod, EngineSpec> engines,
        List<Class<? extends HasMetadata>> collected) {

    /** How long a node stands empty before it is given back, unless said otherwise. */
    public static final Duration USUAL_IDLE_TIME = Duration.ofSeconds(60);

    public WorldOptions {
        nodeGroups = List.copyOf(nodeGroups);
        collected = List.copyOf(collected);
    }

    /** A world that begins on a Monday morning, with the usual times and the kinds a model deployment needs. */
    public static WorldOptions of(long seed, List<NodeGroup> nodeGroups, Function<Pod, EngineSpec> engines) {
        return new WorldOptions(
                new Seed(seed),
                VirtualClock.START,
                nodeGroups,
                USUAL_IDLE_TIME,
                ColdStart.USUAL,
                engines,
                List.of(
                        Deployment.class,
                        ReplicaSet.class,
                        Pod.class,
                        Service.class,
                        ConfigMap.class,
                        PodDisruptionBudget.class));
    }

    /** The same at another time; the clock it is given has to show that. */
    public WorldOptions beginningAt(Instant other) {
        return new WorldOptions(seed, other, nodeGroups, nodeIdleTime, coldStart, engines, collected);
    }

    /** The same with another time that nodes of every group take to come. */
    public WorldOptions provisioningNodesIn(DurationRange range) {
        List<NodeGroup> others =
                nodeGroups.stream().map(group -> group.provisionedIn(range)).toList();
        return new WorldOptions(seed, start, others, nodeIdleTime, coldStart, engines, collected);
    }

    /** The same with another time that nodes stand empty. */
    public WorldOptions givingNodesBackAfter(Duration idle) {
        return new WorldOptions(seed, start, nodeGroups, idle, coldStart, engines, collected);
    }

    /** The same with other times to start an engine. */
    public WorldOptions starting(ColdStart other) {
        return new WorldOptions(seed, start, nodeGroups, nodeIdleTime, other, engines, collected);
    }

    /** The same with one more kind that is owned or owns. */
    public WorldOptions collecting(Class<? extends HasMetadata> kind) {
        List<Class<? extends HasMetadata>> more = new ArrayList<>(collected);
        more.add(kind);
        return new WorldOptions(seed, start, nodeGroups, nodeIdleTime, coldStart, engines, more);
    }
}
