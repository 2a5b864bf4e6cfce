package dev.gearshift.kubernetes.reconcile;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.Plan;
import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.dependent.DisruptionBudget;
import dev.gearshift.kubernetes.dependent.FrontService;
import dev.gearshift.kubernetes.dependent.Owner;
import dev.gearshift.kubernetes.dependent.TierDeployment;
import dev.gearshift.kubernetes.dependent.TierService;
import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import dev.gearshift.kubernetes.status.Refusal;
import dev.gearshift.kubernetes.view.CachedClusterView;
import dev.gearshift.kubernetes.view.ClusterCaches;
import dev.gearshift.kubernetes.view.Ownership;
import dev.gearshift.kubernetes.view.Replicas;
import dev.gearshift.kubernetes.view.RoutingObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Carries a plan out. The Services of tiers come first and then the route, so that it never leads to a Service that does not exist
 * and leads away from one before the last pod leaves it. Then pods on their way out are marked, and last the Deployments get their numbers
 * of replicas and the front Service its selector. Everything is checked before anything is changed, so that a template the cluster refuses changes nothing on any tier.
 */
final class Carrying {

    private final KubernetesClient client;
    private final ClusterCaches caches;
    private final OwnedObjects objects;
    private final ReplicaMarks marks;
    private final Routing routing;

    Carrying(KubernetesClient client, ClusterCaches caches, RoutingObjects routes) {
        this.client = client;
        this.caches = caches;
        this.objects = new OwnedObjects(client);
        this.marks = new ReplicaMarks(client);
        this.routing = new Routing(routes, objects);
    }

    /**
     * Brings a model's objects to what is planned.
     *
     * @return what the cluster refuses; nothing was changed then
     */
    Optional<Refusal> out(ModelDeployment model, DeploymentBlueprint blueprint, Decision decision, Instant now) {
        Plan plan = decision.plan();
        ModelKey key = blueprint.key();
        OwnerReference owner = Owner.of(model);
        List<Service> services = mine(model, caches.services(key));
        List<Deployment> owned = mine(model, caches.deployments(key));
        SortedMap<TierName, Deployment> liveDeployments = byTier(owned);
        SortedMap<TierName, Service> liveServices = byTier(services);
        List<Pod> pods = caches.pods(key).stream()
                .filter(pod -> Ownership.isReplicaOf(owned, pod))
                .toList();

        SortedSet<TierName> tiers = new TreeSet<>(plan.gear().replicas().keySet());
        tiers.addAll(liveDeployments.keySet());
        SortedSet<TierName> over = new TreeSet<>(tiers);
        over.removeIf(tier -> !isOver(tier, plan, liveDeployments.get(tier), pods));
        tiers.removeAll(over);
        tiers.retainAll(blueprint.tiers().keySet());
        SortedMap<TierName, Wanted<Deployment>> deployments = new TreeMap<>();
        List<Wanted<?>> tierServices = new ArrayList<>();
        List<Wanted<?>> others = new ArrayList<>();
        for (TierName tier : tiers) {
            Optional<Deployment> live = Optional.ofNullable(liveDeployments.get(tier));
            OptionalInt replicas = live.flatMap(Ownership::foreignScaler).isPresent()
                    ? OptionalInt.empty()
                    : OptionalInt.of(plan.gear().on(tier));
            deployments.put(tier, new Wanted<>(TierDeployment.desired(blueprint, tier, replicas, owner), live));
            tierServices.add(new Wanted<>(
                    TierService.desired(blueprint, tier, owner), Optional.ofNullable(liveServices.get(tier))));
        }
        others.add(wanted(FrontService.desired(blueprint, plan.front(), owner), services));
        others.add(wanted(DisruptionBudget.desired(blueprint, owner), mine(model, caches.budgets(key))));
        SortedSet<TierName> reachable = new TreeSet<>(tiers);
        reachable.addAll(liveServices.keySet());
        reachable.removeAll(over);
        Routing.Work routes = routing.of(model, blueprint, decision, reachable, owner);
        List<Wanted<?>> all = new ArrayList<>(deployments.values());
        all.addAll(tierServices);
        all.addAll(routes.wanted());
        all.addAll(others);
        for (Wanted<?> object : all) {
            Optional<Refusal> refusal = objects.check(model, object, now);
            if (refusal.isPresent()) {
                return refusal;
            }
        }

        tierServices.forEach(objects::apply);
        routing.apply(key, routes);
        SortedSet<TierName> marked = marks.mark(pods, plan);
        deployments.forEach((tier, deployment) -> {
            if (!marked.contains(tier)) {
                objects.apply(deployment);
            }
        });
        others.forEach(objects::apply);
        liveDeployments.forEach((tier, live) -> {
            if (over.contains(tier)) {
                objects.delete(live);
            } else if (!blueprint.tiers().containsKey(tier) && !marked.contains(tier)) {
                scale(live, plan.gear().on(tier));
            }
        });
        liveServices.forEach((tier, service) -> {
            if (!deployments.containsKey(tier) && (over.contains(tier) || !liveDeployments.containsKey(tier))) {
                objects.delete(service);
            }
        });
        return Optional.empty();
    }

    /** Changes only the number of replicas, on a tier the model is not declared to run on any more. */
    private void scale(Deployment live, int replicas) {
        if (CachedClusterView.replicas(live) != replicas
                && Ownership.foreignScaler(live).isEmpty()) {
            client.resource(live).patch(Patches.MERGE, "{\"spec\":{\"replicas\":" + replicas + "}}");
        }
    }

    /** Forgets everything about other models than these. */
    void retain(Set<ModelKey> models) {
        objects.retain(models);
    }

    /** Whether nothing of a tier is left. */
    private static boolean isOver(TierName tier, Plan plan, @Nullable Deployment live, Collection<Pod> pods) {
        return plan.gear().on(tier) == 0
                && live != null
                && CachedClusterView.replicas(live) == 0
                && pods.stream()
                        .flatMap(pod -> Replicas.of(pod, Collections.emptySortedSet()).stream())
                        .noneMatch(replica -> replica.tier().equals(tier));
    }

    private static <R extends HasMetadata> Wanted<R> wanted(R desired, List<R> live) {
        String name = desired.getMetadata().getName();
        return new Wanted<>(
                desired,
                live.stream()
                        .filter(object -> object.getMetadata().getName().equals(name))
                        .findFirst());
    }

    private static <R extends HasMetadata> List<R> mine(ModelDeployment model, Collection<R> objects) {
        return objects.stream()
                .filter(object -> Ownership.controls(model, object))
                .toList();
    }

    private static <R extends HasMetadata> SortedMap<TierName, R> byTier(Collection<R> objects) {
        SortedMap<TierName, R> map = new TreeMap<>();
        objects.forEach(object -> CachedClusterView.tier(object).ifPresent(tier -> map.putIfAbsent(tier, object)));
        return map;
    }
}
