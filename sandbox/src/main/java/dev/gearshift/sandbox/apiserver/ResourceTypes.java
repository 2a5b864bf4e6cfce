package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.schema.ObjectValidation;
import dev.gearshift.sandbox.apiserver.schema.Schema;
import dev.gearshift.sandbox.apiserver.tree.Json;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The kinds the server knows, and what it tells clients who ask for them. Thread-safe. */
final class ResourceTypes {

    static final String CRD_KIND = "CustomResourceDefinition";

    private final List<ResourceType> types = new CopyOnWriteArrayList<>();

    ResourceTypes() {
        builtin("", "v1", "Namespace", "namespaces", false, true, false, "");
        builtin("", "v1", "Node", "nodes", false, true, false, "");
        builtin("", "v1", "Pod", "pods", true, true, false, "");
        builtin("", "v1", "Service", "services", true, true, false, "");
        builtin("", "v1", "Event", "events", true, false, false, "");
        builtin("", "v1", "ConfigMap", "configmaps", true, false, false, "");
        builtin("", "v1", "Secret", "secrets", true, false, false, "");
        builtin("", "v1", "ServiceAccount", "serviceaccounts", true, false, false, "");
        builtin("", "v1", "ResourceQuota", "resourcequotas", true, true, false, "");
        builtin("events.k8s.io", "v1", "Event", "events", true, false, false, "");
        builtin("apps", "v1", "Deployment", "deployments", true, true, true, "spec.replicas");
        builtin("apps", "v1", "ReplicaSet", "replicasets", true, true, true, "spec.replicas");
        builtin("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", true, true, true, "");
        builtin("coordination.k8s.io", "v1", "Lease", "leases", true, false, false, "");
        builtin("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true, false, true, "");
        builtin("apiextensions.k8s.io", "v1", CRD_KIND, "customresourcedefinitions", false, true, true, "");
    }

    private void builtin(
            String group,
            String version,
            String kind,
            String plural,
            boolean namespaced,
            boolean status,
            boolean generation,
            String scalePath) {
        types.add(new ResourceType(group, version, kind, plural, namespaced, status, generation, scalePath, null));
    }

    /**
     * Makes the storage version of a custom resource known; replaces what was known of that kind.
     *
     * @throws IllegalArgumentException when the definition is unusable, for instance a rule does not compile
     */
    void define(Map<String, Object> crd) {
        Map<String, Object> spec = Json.map(crd.get("spec"));
        for (Object version : Json.list(spec.get("versions"))) {
            if (!Boolean.TRUE.equals(Json.at(version, "storage"))) {
                continue;
            }
            Map<String, Object> schema = Json.map(Json.at(version, "schema", "openAPIV3Schema"));
            String scale = Json.text(version, "subresources", "scale", "specReplicasPath");
            ResourceType type = new ResourceType(
                    Json.text(spec, "group"),
                    Json.text(version, "name"),
                    Json.text(spec, "names", "kind"),
                    Json.text(spec, "names", "plural"),
                    Json.text(spec, "scope").equals("Namespaced"),
                    Json.at(version, "subresources", "status") != null,
                    true,
                    scale.startsWith(".") ? scale.substring(1) : scale,
                    new ObjectValidation(Schema.root(schema)));
            types.removeIf(t -> t.group().equals(type.group()) && t.plural().equals(type.plural()));
            types.add(type);
            return;
        }
        throw new IllegalArgumentException("no storage version in " + Json.text(crd, "metadata", "name"));
    }

    Optional<ResourceType> byPath(String group, String version, String plural) {
        return types.stream()
                .filter(t -> t.plural().equals(plural)
                        && t.group().equals(group)
                        && t.version().equals(version))
                .findFirst();
    }

    Optional<ResourceType> byKind(String apiVersion, String kind) {
        return types.stream()
                .filter(t -> t.kind().equals(kind) && t.apiVersion().equals(apiVersion))
                .findFirst();
    }

    ResourceType of(Class<? extends HasMetadata> type) {
        String apiVersion = HasMetadata.getApiVersion(type);
        String kind = HasMetadata.getKind(type);
        return byKind(apiVersion, kind)
                .orElseThrow(() -> new IllegalArgumentException("no resource for " + apiVersion + " " + kind));
    }

    /** {@code /apis}. */
    Map<String, Object> groups() {
        Map<String, Set<String>> versions = new LinkedHashMap<>();
        for (ResourceType t : types) {
            if (!t.group().isEmpty()) {
                versions.computeIfAbsent(t.group(), g -> new LinkedHashSet<>()).add(t.version());
            }
        }
        List<Object> groups = new ArrayList<>();
        versions.forEach((g, v) -> groups.add(group(g, v)));
        return new LinkedHashMap<>(Map.of("kind", "APIGroupList", "apiVersion", "v1", "groups", groups));
    }

    /** {@code /apis/<group>}, or empty when there is no such group. */
    Optional<Map<String, Object>> group(String group) {
        Set<String> versions = new LinkedHashSet<>();
        types.stream().filter(t -> t.group().equals(group)).forEach(t -> versions.add(t.version()));
        return versions.isEmpty() ? Optional.empty() : Optional.of(group(group, versions));
    }

    private static Map<String, Object> group(String group, Set<String> versions) {
        List<Object> out = new ArrayList<>();
        versions.forEach(v -> out.add(Map.of("groupVersion", group + "/" + v, "version", v)));
        return new LinkedHashMap<>(Map.of(
                "kind",
                "APIGroup",
                "apiVersion",
                "v1",
                "name",
                group,
                "versions",
                out,
                "preferredVersion",
                out.get(0)));
    }

    /** {@code /api/v1} or {@code /apis/<group>/<version>}, or empty when there is no such version. */
    Optional<Map<String, Object>> resources(String group, String version) {
        List<Object> resources = new ArrayList<>();
        for (ResourceType t : types) {
            if (t.group().equals(group) && t.version().equals(version)) {
                resources.add(resource(t, t.plural()));
                t.subresources().forEach(s -> resources.add(resource(t, t.plural() + "/" + s)));
            }
        }
        String groupVersion = group.isEmpty() ? version : group + "/" + version;
        return resources.isEmpty()
                ? Optional.empty()
                : Optional.of(new LinkedHashMap<>(Map.of(
                        "kind",
                        "APIResourceList",
                        "apiVersion",
                        "v1",
                        "groupVersion",
                        groupVersion,
                        "resources",
                        resources)));
    }

    private static Map<String, Object> resource(ResourceType t, String name) {
        return Map.of(
                "name",
                name,
                "singularName",
                t.kind().toLowerCase(java.util.Locale.ROOT),
                "namespaced",
                t.namespaced(),
                "kind",
                t.kind(),
                "verbs",
                List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"));
    }
}
