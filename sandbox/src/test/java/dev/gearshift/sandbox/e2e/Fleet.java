package dev.gearshift.sandbox.e2e;

import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus;
import dev.gearshift.kubernetes.dependent.ObjectNames;
import dev.gearshift.sandbox.Sandbox;
import dev.gearshift.sandbox.apiserver.tree.Json;
import dev.gearshift.sandbox.time.Seed;
import dev.gearshift.sandbox.traffic.Traffic;
import dev.gearshift.simulate.SimulatedRequest;
import dev.gearshift.simulate.Workload;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster with the namespace and tiers of an example, the quickstart's as a rule, and what a user does and sees there. All of it goes through a Kubernetes
 * client and {@link #until}, so that it could be done to any cluster; what only the sandbox can do is behind {@link #sandbox}.
 */
final class Fleet implements AutoCloseable {

    static final String NAMESPACE = "assistants";
    static final String CHAT = "chat";

    /** Longer than an order of nodes, a cold start, the hold of a release and a drain take together. */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final Duration STRIDE = Duration.ofSeconds(5);
    private static final long SEED = 7;

    private final Sandbox sandbox;

    private Fleet(String example) {
        List<Manifest> tiers = Manifest.example(example, "tiers.yaml");
        sandbox = new Sandbox(
                SEED,
                tiers.stream()
                        .map(tier -> Json.typed(tier.tree(), HardwareTier.class))
                        .toList(),
                options -> options);
        Manifest.example(example, "model.yaml").stream()
                .filter(manifest -> manifest.text("kind").equals("Namespace"))
                .forEach(this::apply);
        tiers.forEach(this::apply);
    }

    /** A cluster nobody operates yet. */
    static Fleet withoutOperator() {
        return new Fleet("quickstart");
    }

    /** A cluster with an operator, and namespace and tiers of another example than the quickstart. */
    static Fleet of(String example) {
        Fleet fleet = new Fleet(example);
        fleet.startOperator();
        return fleet;
    }

    /** A cluster with an operator and no model. */
    static Fleet withOperator() {
        Fleet fleet = withoutOperator();
        fleet.startOperator();
        return fleet;
    }

    /** A cluster whose operator serves the quickstart's model. */
    static Fleet serving() {
        Fleet fleet = withOperator();
        fleet.apply(chat());
        fleet.untilReady(CHAT, 1);
        return fleet;
    }

    /** The quickstart's model. */
    static Manifest chat() {
        return Manifest.quickstart("model.yaml", "ModelDeployment", CHAT);
    }

    /** A tier of the quickstart. */
    static Manifest tier(String name) {
        return Manifest.quickstart("tiers.yaml", "HardwareTier", name);
    }

    void startOperator() {
        sandbox.startOperator(List.of());
    }

    /** What only the sandbox can do. */
    Sandbox sandbox() {
        return sandbox;
    }

    KubernetesClient client() {
        return sandbox.user();
    }

    /** As {@code kubectl apply --server-side} does. */
    void apply(Manifest manifest) {
        apply(manifest, "kubectl", false);
    }

    /** As another tool does that applies on the server. */
    void apply(Manifest manifest, String manager, boolean force) {
        PatchContext how = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withFieldValidation("Strict")
                .withForce(force)
                .build();
        client().resource(manifest.object()).patch(how, manifest.object());
    }

    /** What the cluster says when it refuses a manifest; fails when it takes it. */
    String refusal(Manifest manifest) {
        try {
            apply(manifest);
        } catch (KubernetesClientException refused) {
            return refused.getStatus().getMessage();
        }
        throw new AssertionError("the cluster took " + manifest.json());
    }

    /** Changes some fields of an object, as {@code kubectl patch --type=merge} does. */
    void patch(HasMetadata object, String manager, String json) {
        client().resource(object)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(manager)
                                .build(),
                        json);
    }

    /** Asks for a number of replicas through the scale subresource, as {@code kubectl scale} and autoscalers do. */
    void scale(HasMetadata object, String manager, int replicas) {
        client().resource(object)
                .subresource("scale")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(manager)
                                .build(),
                        "{\"spec\":{\"replicas\":" + replicas + "}}");
    }

    Resource<ModelDeployment> model(String model) {
        return client().resources(ModelDeployment.class).inNamespace(NAMESPACE).withName(model);
    }

    /** A model as the cluster has it, with every field. */
    Manifest stored(String model) {
        return Manifest.of(client().genericKubernetesResources("gearshift.dev/v1alpha1", "ModelDeployment")
                .inNamespace(NAMESPACE)
                .withName(model)
                .get());
    }

    ModelDeploymentStatus status(String model) {
        return Optional.ofNullable(model(model).get().getStatus()).orElseThrow();
    }

    Optional<Condition> condition(String model, String type) {
        ModelDeployment live = model(model).get();
        return live.getStatus() == null || live.getStatus().conditions() == null
                ? Optional.empty()
                : live.getStatus().conditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    /** Reasons of the events about a model. */
    List<String> eventReasons(String model) {
        return client().v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(event -> model.equals(event.getInvolvedObject().getName()))
                .map(Event::getReason)
                .distinct()
                .toList();
    }

    Optional<Deployment> deployment(String model, String tier) {
        return Optional.ofNullable(client().apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(ObjectNames.tier(model, new TierName(tier)))
                .get());
    }

    Optional<Service> service(String name) {
        return Optional.ofNullable(
                client().services().inNamespace(NAMESPACE).withName(name).get());
    }

    /** Replicas ordered by tier. */
    SortedMap<String, Integer> ordered(String model) {
        SortedMap<String, Integer> ordered = new TreeMap<>();
        for (Deployment deployment : client().apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withLabel(Labels.MODEL_DEPLOYMENT, model)
                .list()
                .getItems()) {
            ordered.put(
                    deployment.getMetadata().getLabels().get(Labels.TIER),
                    deployment.getSpec().getReplicas());
        }
        return ordered;
    }

    List<Pod> pods(String model) {
        return client().pods()
                .inNamespace(NAMESPACE)
                .withLabel(Labels.MODEL_DEPLOYMENT, model)
                .list()
                .getItems();
    }

    /** Everything made for a model, as {@code kind/name}. */
    List<String> owned(String model) {
        return Stream.of(Deployment.class, Service.class, PodDisruptionBudget.class, Pod.class)
                .flatMap(kind -> client()
                        .resources(kind)
                        .inNamespace(NAMESPACE)
                        .withLabel(Labels.MODEL_DEPLOYMENT, model)
                        .list()
                        .getItems()
                        .stream())
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .toList();
    }

    /** Lets time pass. */
    void pass(Duration time) {
        sandbox.world().advance(time);
    }

    /** Lets the operator answer to what was just done, without waiting for its next plan. */
    void settle() {
        pass(Duration.ZERO);
    }

    /** Lets time pass until something is so; fails when it is not in time. */
    void until(String what, Duration atMost, BooleanSupplier isSo) {
        for (Duration waited = Duration.ZERO; !isSo.getAsBoolean(); waited = waited.plus(STRIDE)) {
            if (waited.compareTo(atMost) >= 0) {
                throw new AssertionError("not within " + atMost + ": " + what + "; there is " + told());
            }
            pass(STRIDE);
        }
    }

    /** Lets time pass until a condition has a reason. */
    void until(String model, String type, String reason) {
        until(
                model + " has " + type + "/" + reason,
                PATIENCE,
                () -> condition(model, type)
                        .filter(condition -> reason.equals(condition.getReason()))
                        .isPresent());
    }

    /** Lets time pass until the message of a condition says something. */
    void untilTold(String model, String type, String words) {
        until(
                model + " says of " + type + ": " + words,
                PATIENCE,
                () -> condition(model, type)
                        .filter(condition -> condition.getMessage().contains(words))
                        .isPresent());
    }

    /** Lets time pass until a model has exactly so many replicas and all of them are ready. */
    void untilReady(String model, int replicas) {
        until(
                model + " has " + replicas + " ready replicas",
                PATIENCE,
                () -> pods(model).size() == replicas && pods(model).stream().allMatch(Readiness::isPodReady));
    }

    /** Sends a model evenly spaced requests from now on. */
    Traffic play(String model, double perSecond, Duration time) {
        int count = (int) (perSecond * time.toSeconds());
        List<SimulatedRequest> requests = IntStream.range(0, count)
                .mapToObj(i -> new SimulatedRequest(i, Duration.ofMillis((long) (i * 1000 / perSecond)), 500, 150))
                .toList();
        Workload workload =
                new Workload(requests, time).delayedBy(sandbox.world().age());
        return sandbox.world().play(new Traffic(NAMESPACE, model, workload, new Seed(SEED)));
    }

    private String told() {
        List<String> lines = new ArrayList<>();
        for (ModelDeployment model : client().resources(ModelDeployment.class)
                .inNamespace(NAMESPACE)
                .list()
                .getItems()) {
            String name = model.getMetadata().getName();
            lines.add(name + ": ordered " + ordered(name) + ", " + owned(name) + ", " + model.getStatus());
        }
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
