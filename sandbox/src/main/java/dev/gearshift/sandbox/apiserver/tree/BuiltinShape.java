package dev.gearshift.sandbox.apiserver.tree;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The merge keys of the built-in kinds, as Kubernetes' published schema has them, found by field name.
 *
 * @param kind the object's kind: a few field names mean different things in different kinds
 * @param name  the field at this place, empty at the root
 */
public record BuiltinShape(String kind, String name) implements Shape {

    private static final String OWNER_REFERENCE = "ownerReferences[]";
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("schedulingGates", List.of("name")),
            Map.entry("resourceClaims", List.of("name")),
            Map.entry("claims", List.of("name")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("podIPs", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
            Map.entry("conditions", List.of("type")),
            Map.entry("addresses", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")));
    private static final Set<String> SETS = Set.of("finalizers", "podCIDRs");
    private static final Set<String> ATOMIC_MAPS = Set.of(
            "selector",
            "nodeSelector",
            "labelSelector",
            "secretKeyRef",
            "configMapKeyRef",
            "fieldRef",
            "resourceFieldRef",
            "involvedObject",
            "regarding",
            "related",
            "targetRef",
            "claimRef",
            "requiredDuringSchedulingIgnoredDuringExecution",
            "scopeSelector",
            "configSource",
            OWNER_REFERENCE);

    /** The place of a whole object of a kind. */
    public static Shape root(String kind) {
        return new BuiltinShape(kind, "");
    }

    @Override
    public Form form(Object value) {
        if (value instanceof List<?>) {
            return SETS.contains(name) ? Form.LIST_SET : keys().isEmpty() ? Form.ATOMIC : Form.LIST_MAP;
        }
        return value instanceof Map<?, ?> && !ATOMIC_MAPS.contains(name) ? Form.GRANULAR : Form.ATOMIC;
    }

    @Override
    public Shape field(String field) {
        return new BuiltinShape(kind, field);
    }

    @Override
    public Shape item() {
        return name.equals("ownerReferences") ? new BuiltinShape(kind, OWNER_REFERENCE) : this;
    }

    @Override
    public List<String> keys() {
        if (name.equals("ports")) {
            return kind.equals("Service") ? List.of("port", "protocol") : List.of("containerPort", "protocol");
        }
        return KEYS.getOrDefault(name, List.of());
    }

    @Override
    public @Nullable Object keyDefault(String key) {
        return key.equals("protocol") ? "TCP" : null;
    }
}
