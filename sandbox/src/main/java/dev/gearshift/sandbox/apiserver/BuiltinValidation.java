package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.schema.FieldError;
import dev.gearshift.sandbox.apiserver.schema.FieldError.Kind;
import dev.gearshift.sandbox.apiserver.tree.Json;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of the real server's checks of built-in kinds an operator can run into: types, unknown fields, workloads. */
final class BuiltinValidation {

    private static final KubernetesSerialization KINDS = new KubernetesSerialization();

    private static final ClassValue<List<Method>> GETTERS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getMethods())
                    .filter(m -> m.getName().startsWith("get") && m.getName().length() > 3)
                    .filter(m -> m.getParameterCount() == 0 && m.getDeclaringClass() != Object.class)
                    .sorted(Comparator.comparing(Method::getName))
                    .toList();
        }
    };

    private BuiltinValidation() {}

    /**
     * Reads the object as its typed class.
     *
     * @param wantUnknown whether unknown fields matter, which takes time to find out
     * @return the paths of unknown fields
     * @throws ApiError when a value has the wrong type
     */
    static List<String> decode(ResourceType type, Map<String, Object> object, boolean wantUnknown) {
        List<String> unknown = new ArrayList<>();
        Class<?> known = KINDS.getRegisteredKubernetesResource(type.apiVersion(), type.kind());
        if (known != null) {
            try {
                Object typed = Json.typed(object, known);
                if (wantUnknown) {
                    unknownFields(typed, "", unknown);
                }
            } catch (IllegalArgumentException e) {
                String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                throw ApiError.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                        + type.kind() + ": " + why);
            }
        }
        return unknown;
    }

    private static void unknownFields(@Nullable Object value, String path, List<String> unknown) {
        if (value instanceof Collection<?> items) {
            int i = 0;
            for (Object item : items) {
                unknownFields(item, path + "[" + i++ + "]", unknown);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> unknownFields(v, path + "." + k, unknown));
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
            bean(value, path, unknown);
        }
    }

    private static void bean(Object bean, String path, List<String> unknown) {
        String prefix = path.isEmpty() ? "" : path + ".";
        try {
            for (Method getter : GETTERS.get(bean.getClass())) {
                Object value = getter.invoke(bean);
                if (getter.getName().equals("getAdditionalProperties")) {
                    Json.map(value).keySet().forEach(k -> unknown.add(prefix + k));
                } else {
                    String name = getter.getName().substring(3);
                    unknownFields(
                            value, prefix + name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1), unknown);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

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
