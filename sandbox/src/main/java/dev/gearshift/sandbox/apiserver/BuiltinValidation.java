package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.schema.FieldError;
import dev.gearshift.sandbox.apiserver.schema.FieldError.Kind;
import dev.gearshift.sandbox.apiserver.tree.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of the real server's checks of built-in kinds an operator can run into. */
final class BuiltinValidation {

    private BuiltinValidation() {}

    /** What is wrong with a workload. */
    static List<FieldError> validate(ResourceType type, Map<String, Object> object, @Nullable Map<String, Object> old) {
        List<FieldError> errors = new ArrayList<>();
        if (type.kind().equals("Pod")) {
            containers(Json.at(object, "spec"), "spec", errors);
        } else if (type.kind().equals("Deployment") || type.kind().equals("ReplicaSet")) {
            workload(object, old, errors);
        }
        return errors;
    }

    private static void workload(
            Map<String, Object> object, @Nullable Map<String, Object> old, List<FieldError> errors) {
        Object selector = Json.at(object, "spec", "selector");
        Object labels = Json.at(object, "spec", "template", "metadata", "labels");
        if (selector == null) {
            errors.add(FieldError.of(Kind.REQUIRED, "spec.selector", null, ""));
        } else {
            boolean fits = Json.map(Json.at(selector, "matchLabels")).entrySet().stream()
                    .allMatch(e -> e.getValue().equals(Json.at(labels, e.getKey())));
            if (!fits) {
                errors.add(FieldError.of(
                        Kind.INVALID,
                        "spec.template.metadata.labels",
                        labels == null ? Map.of() : labels,
                        "`selector` does not match template `labels`"));
            }
            if (old != null && !selector.equals(Json.at(old, "spec", "selector"))) {
                errors.add(FieldError.of(Kind.INVALID, "spec.selector", selector, "field is immutable"));
            }
        }
        if (Json.at(object, "spec", "replicas") instanceof Long n && n < 0) {
            errors.add(FieldError.of(Kind.INVALID, "spec.replicas", n, "must be greater than or equal to 0"));
        }
        containers(Json.at(object, "spec", "template", "spec"), "spec.template.spec", errors);
    }

    private static void containers(@Nullable Object podSpec, String path, List<FieldError> errors) {
        List<Object> containers = Json.list(Json.at(podSpec, "containers"));
        if (containers.isEmpty()) {
            errors.add(FieldError.of(Kind.REQUIRED, path + ".containers", null, ""));
        }
        for (int i = 0; i < containers.size(); i++) {
            for (String field : new String[] {"name", "image"}) {
                if (Json.text(containers.get(i), field).isEmpty()) {
                    errors.add(FieldError.of(Kind.REQUIRED, path + ".containers[" + i + "]." + field, null, ""));
                }
            }
        }
    }
}
