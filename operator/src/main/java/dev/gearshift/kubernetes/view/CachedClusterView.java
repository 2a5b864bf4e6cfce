package dev.gearshift.kubernetes.view;

import dev.gearshift.core.model.Front;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.ReplicaState;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.mapping.MappedModel;
import dev.gearshift.kubernetes.mapping.ModelMapping;
import dev.gearshift.kubernetes.mapping.TierCatalogue;
import dev.gearshift.loop.ClusterView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster as the operator's caches have it. */
public final class CachedClusterView implements ClusterView {

    private static final Logger LOG = LoggerFactory.getLogger(CachedClusterView.class);

    private final Supplier<ClusterCaches> caches;
    private final RoutingObjects routes;

    /**
     * A view of caches.
     *
     * @param caches asked for anew at each reading
     * @param routes what the cluster has of routes and pools
     */
    public CachedClusterView(Supplier<ClusterCaches> caches, RoutingObjects routes) {
        this.caches = caches;
        this.routes = routes;
    }

    @Override
    public Fleet read() {
        ClusterCaches cached = caches.get();
        TierCatalogue catalogue = TierCatalogue.of(cached.tiers());
        SortedSet<String> leaving = LeavingNodes.of(cached.nodes());
        SchedulingFacts facts = new SchedulingFacts(cached.events());
        Map<ModelKey, List<Pod>> pods = byModel(cached.pods());
        Map<ModelKey, List<Deployment>> deployments = byModel(cached.deployments());
        Map<ModelKey, List<Service>> services = byModel(cached.services());
        List<ModelState> models = new ArrayList<>();
        SortedMap<ModelKey, String> servedNames = new TreeMap<>();
        for (ModelDeployment resource : cached.models()) {
            try {
                usable(resource, catalogue).ifPresent(usable -> {
                    models.add(state(resource, usable, leaving, facts, pods, deployments, services));
                    servedNames.put(usable.spec().key(), usable.blueprint().servedName());
                });
            } catch (RuntimeException e) {
                // One model that cannot be read must not stop the planning of the others.
                LOG.error(
                        "model deployment {}/{} cannot be read and is left as it is",
                        resource.getMetadata().getNamespace(),
                        resource.getMetadata().getName(),
                        e);
            }
        }
        return new Fleet(TierUse.of(catalogue.declared(), cached.pods(), cached.nodes()), models, servedNames);
    }

    private static Optional<MappedModel.Usable> usable(ModelDeployment resource, TierCatalogue catalogue) {
        return resource.getMetadata().getDeletionTimestamp() == null
                        && ModelMapping.map(resource, catalogue) instanceof MappedModel.Usable usable
                ? Optional.of(usable)
                : Optional.empty();
    }

    private ModelState state(
            ModelDeployment resource,
            MappedModel.Usable usable,
            SortedSet<String> leaving,
            SchedulingFacts facts,
            Map<ModelKey, List<Pod>> pods,
            Map<ModelKey, List<Deployment>> deployments,
            Map<ModelKey, List<Service>> services) {
        ModelKey key = usable.spec().key();
        List<Deployment> owned = deployments.getOrDefault(key, List.of()).stream()
                .filter(deployment -> Ownership.controls(resource, deployment))
                .toList();
        List<Pod> replicas = pods.getOrDefault(key, List.of()).stream()
                .filter(pod -> Ownership.isReplicaOf(owned, pod))
                .toList();
        Spreading spreading = RoutingStanding.of(
                        resource, key, usable.blueprint().routing(), routes)
                .map(RoutingStanding::spreading)
                .orElse(Spreading.EVEN);
        return new ModelState(
                usable.spec().spread(spreading),
                ordered(owned),
                front(resource, services.getOrDefault(key, List.of())),
                replicas(replicas, leaving),
                facts.of(key, replicas, owned),
                foreign(owned),
                ModelObservation.ABSENT);
    }

    private static <R extends HasMetadata> Map<ModelKey, List<R>> byModel(Collection<R> objects) {
        Map<ModelKey, List<R>> groups = new TreeMap<>();
        for (R object : objects) {
            ClusterCaches.model(object)
                    .ifPresent(key -> groups.computeIfAbsent(key, any -> new ArrayList<>())
                            .add(object));
        }
        return groups;
    }

    private static List<ReplicaState> replicas(List<Pod> pods, SortedSet<String> leaving) {
        return pods.stream().flatMap(pod -> Replicas.of(pod, leaving).stream()).toList();
    }

    /** What live Deployments ask for. */
    private static Optional<Gear> ordered(List<Deployment> deployments) {
        SortedMap<TierName, Integer> counts = new TreeMap<>();
        for (Deployment deployment : deployments) {
            tier(deployment).ifPresent(tier -> counts.merge(tier, replicas(deployment), Integer::sum));
        }
        return counts.isEmpty() ? Optional.empty() : Optional.of(new Gear(counts));
    }

    /** The tier an owned object belongs to by its label. */
    public static Optional<TierName> tier(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return Optional.ofNullable(labels == null ? null : labels.get(Labels.TIER))
                .filter(name -> !name.isBlank())
                .map(TierName::new);
    }

    /** The replicas a Deployment asks for. */
    public static int replicas(Deployment deployment) {
        Integer replicas =
                deployment.getSpec() == null ? null : deployment.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    private static Optional<Front> front(ModelDeployment model, List<Service> services) {
        return services.stream()
                .filter(service -> service.getMetadata()
                        .getName()
                        .equals(model.getMetadata().getName()))
                .filter(service -> Ownership.controls(model, service) && service.getSpec() != null)
                .findFirst()
                .map(service -> service.getSpec().getSelector() == null
                        ? null
                        : service.getSpec().getSelector().get(Labels.TIER))
                .filter(tier -> !tier.isBlank())
                .map(tier -> (Front) new Front.OneTier(new TierName(tier)))
                .or(() -> services.isEmpty() ? Optional.empty() : Optional.of(new Front.AllTiers()));
    }

    private static SortedMap<TierName, String> foreign(List<Deployment> deployments) {
        SortedMap<TierName, String> managers = new TreeMap<>();
        for (Deployment deployment : deployments) {
            Ownership.foreignScaler(deployment)
                    .ifPresent(manager -> tier(deployment).ifPresent(tier -> managers.put(tier, manager)));
        }
        return managers;
    }
}
