package dev.gearshift.sandbox.apiserver.schema;

import dev.gearshift.sandbox.apiserver.tree.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes unknown fields out of an object and fills in defaults. Both change the object in place and bear wrong types. */
public final class Completion {

    private static final Set<String> SERVER_FIELDS = Set.of("apiVersion", "kind", "metadata");

    private Completion() {}

    /**
     * Removes what the schema does not know.
     *
     * @return the paths removed, in document order
     */
    public static List<String> prune(Map<String, Object> object, Schema schema) {
        List<String> unknown = new ArrayList<>();
        pruneValue(object, schema, "", unknown);
        return unknown;
    }

    private static void pruneValue(Object value, @Nullable Schema schema, String path, List<String> unknown) {
        if (schema == null) {
            return;
        }
        if (value instanceof Map<?, ?>) {
            Map<String, Object> map = Json.map(value);
            for (String key : List.copyOf(map.keySet())) {
                if (schema.isRoot() && SERVER_FIELDS.contains(key)) {
                    continue;
                }
                String below = path.isEmpty() ? key : path + "." + key;
                Schema known = schema.below(key);
                if (known != null) {
                    pruneValue(java.util.Objects.requireNonNull(map.get(key)), known, below, unknown);
                } else if (!schema.preservesUnknown() && !schema.flag("x-kubernetes-embedded-resource")) {
                    unknown.add(below);
                    map.remove(key);
                }
            }
        } else if (value instanceof List<?>) {
            List<Object> list = Json.list(value);
            for (int i = 0; i < list.size(); i++) {
                pruneValue(list.get(i), schema.items(), path + "[" + i + "]", unknown);
            }
        }
    }

    /** Fills in the schema's defaults, also inside values that are defaults themselves. */
    public static void defaults(Object value, @Nullable Schema schema) {
        if (schema == null) {
            return;
        }
        if (value instanceof Map<?, ?>) {
            Map<String, Object> map = Json.map(value);
            schema.properties().forEach((name, property) -> {
                Object byDefault = property.keyword("default");
                if (byDefault != null && !map.containsKey(name)) {
                    map.put(name, Json.normal(byDefault));
                }
            });
            map.forEach((k, v) -> {
                if (!(schema.isRoot() && SERVER_FIELDS.contains(k))) {
                    defaults(v, schema.below(k));
                }
            });
        } else if (value instanceof List<?>) {
            Json.list(value).forEach(item -> defaults(item, schema.items()));
        }
    }
}
