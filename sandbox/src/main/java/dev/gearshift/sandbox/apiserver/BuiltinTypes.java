package dev.gearshift.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.gearshift.sandbox.apiserver.tree.FieldPath;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Objects of built-in kinds held against the classes of the Kubernetes client: which fields they have that are not known or of another type. */
final class BuiltinTypes {

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

    /** A value that its field cannot have. */
    static final class Mistyped extends Exception {

        private static final long serialVersionUID = 1;

        private final transient FieldPath path;
        private final @Nullable Class<?> wanted;

        private Mistyped(String message, FieldPath path, @Nullable Class<?> wanted) {
            super(message);
            this.path = path;
            this.wanted = wanted;
        }

        /** Where it is. */
        FieldPath path() {
            return path;
        }

        /** What the field takes, where that is known. */
        Optional<Class<?>> wanted() {
            return Optional.ofNullable(wanted);
        }
    }

    private BuiltinTypes() {}

    /**
     * The fields that are not known.
     *
     * @param wantUnknown whether they matter, which takes time to find out: none are returned otherwise
     * @throws Mistyped when a value cannot be read
     */
    static List<FieldPath> unknown(ResourceType type, Map<String, Object> object, boolean wantUnknown) throws Mistyped {
        List<FieldPath> unknown = new ArrayList<>();
        Class<?> known = KINDS.getRegisteredKubernetesResource(type.apiVersion(), type.kind());
        if (known != null) {
            try {
                Object typed = Json.typed(object, known);
                if (wantUnknown) {
                    collect(typed, FieldPath.ROOT, unknown);
                }
            } catch (IllegalArgumentException e) {
                throw mistyped(e);
            }
        }
        return unknown;
    }

    private static Mistyped mistyped(IllegalArgumentException e) {
        FieldPath path = FieldPath.ROOT;
        if (e.getCause() instanceof JsonMappingException mapping) {
            for (JsonMappingException.Reference step : mapping.getPath()) {
                path = step.getFieldName() == null ? path.item(step.getIndex()) : path.field(step.getFieldName());
            }
        }
        return new Mistyped(
                String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                path,
                e.getCause() instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null);
    }

    private static void collect(@Nullable Object value, FieldPath path, List<FieldPath> unknown) {
        if (value instanceof Collection<?> items) {
            int i = 0;
            for (Object item : items) {
                collect(item, path.item(i++), unknown);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> collect(v, path.field(String.valueOf(k)), unknown));
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
            bean(value, path, unknown);
        }
    }

    private static void bean(Object bean, FieldPath path, List<FieldPath> unknown) {
        try {
            for (Method getter : GETTERS.get(bean.getClass())) {
                Object value = getter.invoke(bean);
                if (getter.getName().equals("getAdditionalProperties")) {
                    Json.map(value).keySet().forEach(k -> unknown.add(path.field(k)));
                } else {
                    String name = getter.getName().substring(3);
                    collect(
                            value,
                            path.field(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1)),
                            unknown);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
