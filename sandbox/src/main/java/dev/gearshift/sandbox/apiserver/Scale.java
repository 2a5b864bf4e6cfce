package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.tree.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The scale subresource: a small object of its own over the number of replicas of another. */
final class Scale {

    private Scale() {}

    /** The scale of an object. */
    static Map<String, Object> of(Stored object) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (String field : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            Object value = Json.at(object.tree(), "metadata", field);
            if (value != null) {
                metadata.put(field, value);
            }
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("apiVersion", "autoscaling/v1");
        out.put("kind", "Scale");
        out.put("metadata", metadata);
        Map<String, Object> spec = Json.child(out, "spec");
        Object replicas = Json.at(object.tree(), object.type().scalePath().split("\\.", -1));
        if (replicas != null) {
            spec.put("replicas", replicas);
        }
        Object live = Json.at(object.tree(), "status", "replicas");
        Json.child(out, "status").put("replicas", live == null ? 0L : live);
        return out;
    }

    /** The object with the number of replicas a scale asks for. */
    static Map<String, Object> into(Map<String, Object> object, ResourceType type, Map<String, Object> scale) {
        Map<String, Object> out = Json.copy(object);
        Map<String, Object> at = out;
        String[] path = type.scalePath().split("\\.", -1);
        for (int i = 0; i < path.length - 1; i++) {
            at = Json.child(at, path[i]);
        }
        Object replicas = Json.at(scale, "spec", "replicas");
        at.put(path[path.length - 1], replicas == null ? 0L : replicas);
        String version = Json.text(scale, "metadata", "resourceVersion");
        if (!version.isEmpty()) {
            Json.child(out, "metadata").put("resourceVersion", version);
        }
        return out;
    }
}
