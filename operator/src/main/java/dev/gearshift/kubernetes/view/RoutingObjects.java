package dev.gearshift.kubernetes.view;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.RoutingKind;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the routing kinds the cluster has, and the objects of models among them. Looked at once a minute for the whole fleet
 * while a model asks for one: an informer on a kind that does not exist, or that goes away, would keep failing and with it the operator.
 */
public final class RoutingObjects {

    /** From one look to the next. */
    public static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(RoutingObjects.class);

    private final KubernetesClient client;
    private final Set<String> namespaces;
    private final Map<RoutingKind, Instant> looked = new ConcurrentHashMap<>();
    private final Map<RoutingKind, Map<ModelKey, GenericKubernetesResource>> served = new ConcurrentHashMap<>();

    /**
     * Nothing is known until the first look.
     *
     * @param client the cluster
     * @param namespaces where objects are looked for; everywhere when empty
     */
    public RoutingObjects(KubernetesClient client, Set<String> namespaces) {
        this.client = client;
        this.namespaces = Set.copyOf(namespaces);
    }

    /**
     * Looks at the cluster where that is due. The first look is at every kind, for objects of models that do not ask any more.
     *
     * @param asked the kinds some model asks for
     * @return the models of which something changed, and whether a kind came or went
     */
    public Change look(Collection<RoutingKind> asked, Instant now) {
        SortedSet<ModelKey> changed = new TreeSet<>();
        boolean kinds = false;
        for (RoutingKind kind : RoutingKind.values()) {
            Instant last = looked.get(kind);
            if (last == null || (asked.contains(kind) && !now.isBefore(last.plus(INTERVAL)))) {
                looked.put(kind, now);
                Optional<Map<ModelKey, GenericKubernetesResource>> before = Optional.ofNullable(served.get(kind));
                try {
                    Optional<Map<ModelKey, GenericKubernetesResource>> after =
                            isServed(kind) ? Optional.of(list(kind)) : Optional.empty();
                    after.ifPresentOrElse(objects -> served.put(kind, objects), () -> served.remove(kind));
                    kinds |= before.isPresent() != after.isPresent();
                    changed.addAll(differing(before.orElse(Map.of()), after.orElse(Map.of())));
                } catch (KubernetesClientException e) {
                    // What was known stays: a server that does not answer says nothing about its kinds.
                    LOG.warn("{} cannot be looked at and is taken to be as before: {}", kind.kind(), e.getMessage());
                }
            }
        }
        return new Change(changed, kinds);
    }

    /**
     * What a look found.
     *
     * @param models models with an object that is not as it was
     * @param kinds whether a kind came or went
     */
    public record Change(SortedSet<ModelKey> models, boolean kinds) {}

    private boolean isServed(RoutingKind kind) {
        APIResourceList resources = client.getApiResources(kind.apiVersion());
        return resources != null
                && resources.getResources().stream()
                        .anyMatch(resource -> kind.kind().equals(resource.getKind()));
    }

    private Map<ModelKey, GenericKubernetesResource> list(RoutingKind kind) {
        var all = client.genericKubernetesResources(kind.context());
        List<GenericKubernetesResource> found = namespaces.isEmpty()
                ? all.inAnyNamespace().withLabel(Labels.MODEL_DEPLOYMENT).list().getItems()
                : namespaces.stream()
                        .sorted()
                        .flatMap(namespace ->
                                all
                                        .inNamespace(namespace)
                                        .withLabel(Labels.MODEL_DEPLOYMENT)
                                        .list()
                                        .getItems()
                                        .stream())
                        .toList();
        Map<ModelKey, GenericKubernetesResource> objects = new ConcurrentSkipListMap<>();
        found.forEach(object -> ClusterCaches.model(object)
                .filter(key -> key.name().equals(object.getMetadata().getName()))
                .ifPresent(key -> objects.put(key, object)));
        return objects;
    }

    private static SortedSet<ModelKey> differing(
            Map<ModelKey, GenericKubernetesResource> before, Map<ModelKey, GenericKubernetesResource> after) {
        SortedMap<ModelKey, String> versions = new TreeMap<>(versions(before));
        SortedSet<ModelKey> differing = new TreeSet<>(versions.keySet());
        versions(after).forEach((key, version) -> {
            if (version.equals(versions.get(key))) {
                differing.remove(key);
            } else {
                differing.add(key);
            }
        });
        return differing;
    }

    private static SortedMap<ModelKey, String> versions(Map<ModelKey, GenericKubernetesResource> objects) {
        SortedMap<ModelKey, String> versions = new TreeMap<>();
        objects.forEach((key, object) -> versions.put(key, object.getMetadata().getResourceVersion()));
        return versions;
    }

    /** Whether the cluster has a kind, as of the last look. */
    public boolean isThere(RoutingKind kind) {
        return served.containsKey(kind);
    }

    /** A model's own object of a kind. */
    public Optional<GenericKubernetesResource> of(ModelDeployment model, ModelKey key, RoutingKind kind) {
        return Optional.ofNullable(served.getOrDefault(kind, Map.of()).get(key))
                .filter(object -> Ownership.controls(model, object));
    }

    /** Remembers an object that was just written, until the next look. */
    public void written(ModelKey model, RoutingKind kind, GenericKubernetesResource object) {
        served.computeIfPresent(kind, (any, objects) -> {
            objects.put(model, object);
            return objects;
        });
    }

    /** Forgets an object that was just deleted. */
    public void deleted(ModelKey model, RoutingKind kind) {
        served.computeIfPresent(kind, (any, objects) -> {
            objects.remove(model);
            return objects;
        });
    }
}
