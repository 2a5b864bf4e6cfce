package dev.gearshift.kubernetes.reconcile;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.RoutingKind;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.dependent.HttpRoute;
import dev.gearshift.kubernetes.dependent.InferencePool;
import dev.gearshift.kubernetes.dependent.RouteWeights;
import dev.gearshift.kubernetes.mapping.AskedRouting;
import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import dev.gearshift.kubernetes.view.RoutingObjects;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** The routes and pools of models, where the cluster has these kinds. */
final class Routing {

    /**
     * What is to be done for one model.
     *
     * @param made objects to apply, in this order: a pool before the route that leads there
     * @param over objects nobody asks for any more
     */
    record Work(
            Map<RoutingKind, Wanted<GenericKubernetesResource>> made,
            Map<RoutingKind, GenericKubernetesResource> over) {

        List<Wanted<GenericKubernetesResource>> wanted() {
            return List.copyOf(made.values());
        }
    }

    private final RoutingObjects routes;
    private final OwnedObjects objects;

    Routing(RoutingObjects routes, OwnedObjects objects) {
        this.routes = routes;
        this.objects = objects;
    }

    /**
     * What is to be done for a model.
     *
     * @param reachable tiers that have a Service when the route is written
     */
    Work of(
            ModelDeployment model,
            DeploymentBlueprint blueprint,
            Decision decision,
            Collection<TierName> reachable,
            OwnerReference owner) {
        Map<RoutingKind, Wanted<GenericKubernetesResource>> made = new EnumMap<>(RoutingKind.class);
        Map<RoutingKind, GenericKubernetesResource> over = new EnumMap<>(RoutingKind.class);
        for (RoutingKind kind : RoutingKind.values()) {
            if (!routes.isThere(kind)) {
                continue;
            }
            Optional<GenericKubernetesResource> live = routes.of(model, blueprint.key(), kind);
            desired(kind, blueprint, decision, reachable, live, owner)
                    .ifPresentOrElse(
                            object -> made.put(kind, new Wanted<>(object, live)),
                            () -> live.ifPresent(object -> over.put(kind, object)));
        }
        return new Work(made, over);
    }

    private Optional<GenericKubernetesResource> desired(
            RoutingKind kind,
            DeploymentBlueprint blueprint,
            Decision decision,
            Collection<TierName> reachable,
            Optional<GenericKubernetesResource> live,
            OwnerReference owner) {
        AskedRouting asked = blueprint.routing();
        return switch (kind) {
            case INFERENCE_POOL -> asked.inferencePool().map(picker -> InferencePool.desired(blueprint, picker, owner));
            case HTTP_ROUTE ->
                asked.httpRoute()
                        .map(route -> asked.inferencePool().isPresent() && routes.isThere(RoutingKind.INFERENCE_POOL)
                                ? HttpRoute.toPool(blueprint, route, owner)
                                : HttpRoute.weighted(
                                        blueprint,
                                        route,
                                        RouteWeights.of(
                                                reachable, decision.tiers(), weights(live, blueprint.key(), reachable)),
                                        owner));
        };
    }

    private static SortedMap<TierName, Integer> weights(
            Optional<GenericKubernetesResource> live, ModelKey model, Collection<TierName> reachable) {
        return live.map(route -> HttpRoute.weights(route, model.name(), reachable))
                .orElse(Collections.emptySortedMap());
    }

    /** Does it. */
    void apply(ModelKey model, Work work) {
        // Pools come first, and go last.
        SortedSet<RoutingKind> poolsFirst = new TreeSet<>(Collections.reverseOrder());
        poolsFirst.addAll(work.made().keySet());
        for (RoutingKind kind : poolsFirst) {
            Wanted<GenericKubernetesResource> wanted = work.made().get(kind);
            if (wanted != null) {
                objects.apply(wanted).ifPresent(written -> routes.written(model, kind, written));
            }
        }
        work.over().forEach((kind, object) -> {
            objects.delete(object);
            routes.deleted(model, kind);
        });
    }
}
