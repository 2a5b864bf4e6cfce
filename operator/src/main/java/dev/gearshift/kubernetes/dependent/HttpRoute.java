package dev.gearshift.kubernetes.dependent;

import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.RoutingKind;
import dev.gearshift.kubernetes.mapping.AskedRouting;
import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The route from gateways to a model's replicas. */
public final class HttpRoute {

    private static final String SPEC = "spec";
    private static final String NAME = "name";
    private static final String WEIGHT = "weight";
    private static final String BACKENDS = "backendRefs";

    private HttpRoute() {}

    /**
     * A route to the Service of each tier. While no weight is above zero it leads to the front Service, which has a replica as soon
     * as there is one; gateways answer for a route without any weight with an error.
     *
     * @param asked what is asked for
     * @param weights the share of each tier
     */
    public static GenericKubernetesResource weighted(
            DeploymentBlueprint blueprint,
            AskedRouting.Route asked,
            SortedMap<TierName, Integer> weights,
            OwnerReference owner) {
        String model = blueprint.key().name();
        List<Map<String, Object>> backends = new ArrayList<>();
        weights.forEach((tier, weight) ->
                backends.add(service(ObjectNames.tier(model, tier), blueprint.servicePort(), weight)));
        if (weights.values().stream().noneMatch(weight -> weight > 0)) {
            backends.add(service(ObjectNames.front(model), blueprint.servicePort(), 1));
        }
        return of(blueprint, asked, backends, owner);
    }

    /**
     * A route to the model's pool.
     *
     * @param asked what is asked for
     */
    public static GenericKubernetesResource toPool(
            DeploymentBlueprint blueprint, AskedRouting.Route asked, OwnerReference owner) {
        Map<String, Object> pool = new LinkedHashMap<>();
        pool.put("group", RoutingKind.INFERENCE_POOL.group());
        pool.put("kind", RoutingKind.INFERENCE_POOL.kind());
        pool.put(NAME, ObjectNames.front(blueprint.key().name()));
        return of(blueprint, asked, List.of(pool), owner);
    }

    /** The weights a route has for these tiers; those it does not name are left out. */
    public static SortedMap<TierName, Integer> weights(
            GenericKubernetesResource route, String model, Collection<TierName> tiers) {
        SortedMap<TierName, Integer> weights = new TreeMap<>();
        if (route.get(SPEC, "rules", 0, BACKENDS) instanceof List<?> backends) {
            for (Object each : backends) {
                if (each instanceof Map<?, ?> backend && backend.get(WEIGHT) instanceof Number weight) {
                    tiers.stream()
                            .filter(tier -> ObjectNames.tier(model, tier).equals(backend.get(NAME)))
                            .forEach(tier -> weights.put(tier, weight.intValue()));
                }
            }
        }
        return weights;
    }

    private static GenericKubernetesResource of(
            DeploymentBlueprint blueprint,
            AskedRouting.Route asked,
            List<Map<String, Object>> backends,
            OwnerReference owner) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("parentRefs", asked.parents().stream().map(HttpRoute::parent).toList());
        if (!asked.hostnames().isEmpty()) {
            spec.put("hostnames", asked.hostnames());
        }
        spec.put("rules", List.of(Map.of(BACKENDS, backends)));
        GenericKubernetesResource route = new GenericKubernetesResource();
        route.setApiVersion(RoutingKind.HTTP_ROUTE.apiVersion());
        route.setKind(RoutingKind.HTTP_ROUTE.kind());
        route.setMetadata(OwnedMetadata.ofModel(blueprint.key(), owner));
        route.setAdditionalProperty(SPEC, spec);
        return route;
    }

    private static Map<String, Object> parent(AskedRouting.Parent parent) {
        Map<String, Object> ref = new LinkedHashMap<>();
        ref.put(NAME, parent.name());
        parent.namespace().ifPresent(namespace -> ref.put("namespace", namespace));
        parent.listener().ifPresent(listener -> ref.put("sectionName", listener));
        return ref;
    }

    private static Map<String, Object> service(String name, int port, int weight) {
        Map<String, Object> backend = new LinkedHashMap<>();
        backend.put(NAME, name);
        backend.put("port", port);
        backend.put(WEIGHT, weight);
        return backend;
    }
}
