package dev.gearshift.sandbox.cluster;

import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.sandbox.apiserver.ClusterStore;
import dev.gearshift.sandbox.apiserver.EmbeddedApiServer;
import dev.gearshift.sandbox.time.Seed;
import dev.gearshift.sandbox.time.VirtualClock;
import dev.gearshift.sandbox.traffic.EngineSpec;
import dev.gearshift.sandbox.traffic.Traffic;
import dev.gearshift.simulate.EngineTruth;
import dev.gearshift.simulate.SimulatedRequest;
import dev.gearshift.simulate.Workload;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A world with an L4 group and its spot twin, and what a test does to it. */
final class Story implements AutoCloseable {

    static final String NAMESPACE = "assistants";
    static final String GPU = "nvidia.com/gpu";

    final EmbeddedApiServer server;
    final ClusterStore store;
    final World world;

    Story(long seed, UnaryOperator<WorldOptions> options) {
        VirtualClock clock = new VirtualClock(VirtualClock.START);
        server = EmbeddedApiServer.start(List.of(), clock);
        store = server.store();
        world = new World(options.apply(WorldOptions.of(seed, groups(), pod -> engine())), clock, store);
    }

    Story() {
        this(7, options -> options);
    }

    static List<NodeGroup> groups() {
        return List.of(group("l4", "0.71"), group("l4-spot", "0.397"));
    }

    static NodeGroup group(String name, String price) {
        return NodeGroup.of(name, HourlyCost.ofDollars(price), new TreeMap<>(Map.of("tier", name)), GPU, 1, 8);
    }

    static EngineSpec engine() {
        StepCoefficients step = new StepCoefficients(
                Seconds.ofMillis(30), Seconds.ofMillis(0.1), Seconds.ofMillis(0.0004), Seconds.ofMillis(0.14));
        return new EngineSpec(new EngineTruth(step, 4000, new EngineLimits(128, 2048)), "llama", 8192);
    }

    /** With a hook by which engines finish their requests. */
    static Deployment deployment(String name, String tier, int replicas) {
        Map<String, String> labels =
                Map.of(Pods.MODEL_LABEL, name, Pods.TIER_LABEL, tier, "gearshift.dev/serving", "true");
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name + "-" + tier)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels(Pods.MODEL_LABEL, name)
                .addToMatchLabels(Pods.TIER_LABEL, tier)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(600L)
                .withNodeSelector(Map.of("tier", tier))
                .addNewContainer()
                .withName("engine")
                .withImage("vllm/vllm-openai:v0.11.0")
                .withNewResources()
                .addToLimits(GPU, new Quantity("1"))
                .endResources()
                .withNewLifecycle()
                .withNewPreStop()
                .withNewExec()
                .withCommand("finish-requests")
                .endExec()
                .endPreStop()
                .endLifecycle()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    Story deploy(String name, String tier, int replicas) {
        store.create(deployment(name, tier, replicas));
        return this;
    }

    Story edit(String deployment, UnaryOperator<DeploymentBuilder> change) {
        Deployment present = store.list(Deployment.class).stream()
                .filter(object -> object.getMetadata().getName().equals(deployment))
                .findFirst()
                .orElseThrow();
        store.update(change.apply(new DeploymentBuilder(present)).build());
        return this;
    }

    Story scale(String deployment, int replicas) {
        return edit(
                deployment, builder -> builder.editSpec().withReplicas(replicas).endSpec());
    }

    Story withoutHook(String deployment) {
        return edit(
                deployment,
                builder -> builder.editSpec()
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .withLifecycle(null)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec());
    }

    Story service(String name) {
        store.create(new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addToSelector(Pods.MODEL_LABEL, name)
                .addToSelector("gearshift.dev/serving", "true")
                .endSpec()
                .build());
        return this;
    }

    /** Plays requests of one size at even intervals. */
    Traffic play(String service, Duration from, Duration interval, int count, int output) {
        List<SimulatedRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(new SimulatedRequest(i, from.plus(interval.multipliedBy(i)), 200, output));
        }
        return world.play(new Traffic(
                NAMESPACE, service, new Workload(requests, from.plus(interval.multipliedBy(count))), new Seed(7)));
    }

    Story until(int seconds) {
        world.advanceTo(VirtualClock.START.plusSeconds(seconds));
        return this;
    }

    static Instant at(int seconds) {
        return VirtualClock.START.plusSeconds(seconds);
    }

    List<Pod> pods() {
        return world.cluster().pods();
    }

    Pod pod(int index) {
        return pods().get(index);
    }

    List<String> podNames() {
        return pods().stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    void unlabel(Pod pod, String label) {
        store.update(new PodBuilder(pod)
                .editMetadata()
                .removeFromLabels(label)
                .endMetadata()
                .build());
    }

    void annotate(Pod pod, String annotation, String value) {
        store.update(new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations(annotation, value)
                .endMetadata()
                .build());
    }

    Deployment theDeployment() {
        return store.list(Deployment.class).get(0);
    }

    List<ReplicaSet> replicaSets() {
        return store.list(ReplicaSet.class);
    }

    List<Event> events(String reason) {
        return store.list(Event.class).stream()
                .filter(event -> reason.equals(event.getReason()))
                .toList();
    }

    @Override
    public void close() {
        world.close();
        server.close();
    }
}
