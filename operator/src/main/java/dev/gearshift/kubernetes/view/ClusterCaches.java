package dev.gearshift.kubernetes.view;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelector;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Every object the operator looks at, from informers. Changes of owned objects and of pods wake the reconciler of their model
 * deployment; nodes and the scheduler's events are only read when a plan is made.
 */
public final class ClusterCaches {

    /** What node autoscalers say of a pod: an order, Karpenter's word for it, and a refusal. */
    static final List<String> EVENT_REASONS = List.of("TriggeredScaleUp", "Nominated", "NotTriggerScaleUp");

    private static final String BY_MODEL = "model";

    private final IndexerResourceCache<ModelDeployment> models;
    private final IndexerResourceCache<HardwareTier> tiers;
    private final InformerEventSource<Deployment, ModelDeployment> deployments;
    private final InformerEventSource<Pod, ModelDeployment> pods;
    private final InformerEventSource<Service, ModelDeployment> services;
    private final InformerEventSource<PodDisruptionBudget, ModelDeployment> budgets;
    private final InformerEventSource<Node, ModelDeployment> nodes;
    private final List<InformerEventSource<Event, ModelDeployment>> events;
    private final List<CachedKind<?>> kinds = new ArrayList<>();
    private final List<EventSource<?, ModelDeployment>> sources = new ArrayList<>();

    /**
     * Caches that are filled once their sources are started.
     *
     * @param context of the controller of model deployments
     * @param tiers the cache of hardware tiers
     */
    public ClusterCaches(EventSourceContext<ModelDeployment> context, IndexerResourceCache<HardwareTier> tiers) {
        this.models = context.getPrimaryCache();
        this.tiers = tiers;
        kinds.add(new CachedKind<>(ModelDeployment.class, any -> true, () -> models.list(any -> true)));
        kinds.add(new CachedKind<>(HardwareTier.class, any -> true, () -> tiers.list(any -> true)));
        this.deployments = owned(Deployment.class, context);
        this.pods = owned(Pod.class, context);
        this.services = owned(Service.class, context);
        this.budgets = owned(PodDisruptionBudget.class, context);
        this.nodes = add(
                Node.class,
                any -> true,
                read(Node.class, "nodes").withWatchAllNamespaces().build(),
                context);
        this.events = EVENT_REASONS.stream()
                .map(reason -> add(
                        Event.class,
                        event -> event instanceof Event told && reason.equals(told.getReason()),
                        read(Event.class, "events-" + reason.toLowerCase(Locale.ROOT))
                                .withFieldSelector(new FieldSelector(
                                        new FieldSelector.Field("involvedObject.kind", "Pod"),
                                        new FieldSelector.Field("reason", reason)))
                                .build(),
                        context))
                .toList();
    }

    private <R extends HasMetadata> InformerEventSource<R, ModelDeployment> owned(
            Class<R> type, EventSourceContext<ModelDeployment> context) {
        SecondaryToPrimaryMapper<R> toModel = object -> model(object)
                .map(key -> Set.of(new ResourceID(key.name(), key.namespace())))
                .orElse(Set.of());
        InformerEventSource<R, ModelDeployment> source = add(
                type,
                object -> model(object).isPresent(),
                InformerEventSourceConfiguration.from(type, ModelDeployment.class)
                        .withLabelSelector(Labels.MODEL_DEPLOYMENT)
                        .withSecondaryToPrimaryMapper(toModel)
                        .build(),
                context);
        source.addIndexers(Map.of(
                BY_MODEL,
                object -> model(object).map(ModelKey::toString).stream().toList()));
        return source;
    }

    private static <R extends HasMetadata> InformerEventSourceConfiguration.Builder<R> read(
            Class<R> type, String name) {
        return InformerEventSourceConfiguration.from(type, ModelDeployment.class)
                .withName(name)
                .withSecondaryToPrimaryMapper(object -> Set.of());
    }

    private <R extends HasMetadata> InformerEventSource<R, ModelDeployment> add(
            Class<R> type,
            Predicate<HasMetadata> selected,
            InformerEventSourceConfiguration<R> configuration,
            EventSourceContext<ModelDeployment> context) {
        InformerEventSource<R, ModelDeployment> source = new InformerEventSource<>(configuration, context);
        sources.add(source);
        kinds.add(new CachedKind<>(type, selected, () -> source.list(any -> true)));
        return source;
    }

    /** Which model deployment an object belongs to by its labels. */
    static Optional<ModelKey> model(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        String name = labels == null ? null : labels.get(Labels.MODEL_DEPLOYMENT);
        return name == null || name.isBlank()
                ? Optional.empty()
                : Optional.of(new ModelKey(object.getMetadata().getNamespace(), name));
    }

    /** The sources to register with the controller of model deployments. */
    public List<EventSource<?, ModelDeployment>> sources() {
        return List.copyOf(sources);
    }

    /** Every kind that is cached, to compare with the cluster. */
    public List<CachedKind<?>> kinds() {
        return List.copyOf(kinds);
    }

    /** Every model deployment. */
    public List<ModelDeployment> models() {
        return models.list(any -> true).toList();
    }

    /** One model deployment. */
    public Optional<ModelDeployment> model(ModelKey key) {
        return models.get(new ResourceID(key.name(), key.namespace()));
    }

    /** Every hardware tier. */
    public List<HardwareTier> tiers() {
        return tiers.list(any -> true).toList();
    }

    /** Every node. */
    public List<Node> nodes() {
        return nodes.list(any -> true).toList();
    }

    /** What node autoscalers said of pods lately. */
    public List<Event> events() {
        return events.stream().flatMap(source -> source.list(any -> true)).toList();
    }

    /** Every pod of a model deployment. */
    public List<Pod> pods() {
        return pods.list(any -> true).toList();
    }

    /** Every Deployment of a model deployment. */
    public List<Deployment> deployments() {
        return deployments.list(any -> true).toList();
    }

    /** Every Service of a model deployment. */
    public List<Service> services() {
        return services.list(any -> true).toList();
    }

    /** The pods of one model. */
    public List<Pod> pods(ModelKey model) {
        return pods.byIndex(BY_MODEL, model.toString());
    }

    /** The Deployments of one model. */
    public List<Deployment> deployments(ModelKey model) {
        return deployments.byIndex(BY_MODEL, model.toString());
    }

    /** The Services of one model. */
    public List<Service> services(ModelKey model) {
        return services.byIndex(BY_MODEL, model.toString());
    }

    /** The disruption budgets of one model. */
    public List<PodDisruptionBudget> budgets(ModelKey model) {
        return budgets.byIndex(BY_MODEL, model.toString());
    }
}
