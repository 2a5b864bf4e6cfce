package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.tree.FieldPath;
import dev.gearshift.sandbox.apiserver.tree.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The check of an applied object of a built-in kind against the schema it is merged by. The real server makes no refusal of what it
 * finds: it fails, with code 500 and without a reason, whether or not it was told to be strict.
 */
final class TypedPatch {

    private TypedPatch() {}

    /**
     * Finds unknown and mistyped fields.
     *
     * @throws ApiError when there are any
     */
    static void check(ResourceType type, Map<String, Object> object) {
        List<String> errors;
        try {
            errors = BuiltinTypes.unknown(type, object, true).stream()
                    .map(path -> path.keyed(object, type.shape()) + ": field not declared in schema")
                    .toList();
        } catch (BuiltinTypes.Mistyped e) {
            String path = e.path().keyed(object, type.shape());
            errors = List.of((path.isEmpty() ? "" : path + ": ") + why(e, object));
        }
        if (!errors.isEmpty()) {
            String all = errors.size() == 1
                    ? errors.get(0)
                    : errors.stream().map(error -> "\n  " + error).collect(Collectors.joining("", "errors:", ""));
            throw ApiError.of(
                    500,
                    "",
                    "failed to create typed patch object (%s/%s; %s, Kind=%s): %s"
                            .formatted(
                                    Json.text(object, "metadata", "namespace"),
                                    Json.text(object, "metadata", "name"),
                                    // Kinds of the core group are written with a slash and no group.
                                    type.group().isEmpty() ? "/" + type.version() : type.apiVersion(),
                                    type.kind(),
                                    all));
        }
    }

    private static String why(BuiltinTypes.Mistyped mistyped, Map<String, Object> object) {
        FieldPath path = mistyped.path();
        Object found = path.in(object);
        return mistyped.wanted().map(wanted -> expected(wanted, found)).orElse(String.valueOf(mistyped.getMessage()));
    }

    private static String expected(Class<?> wanted, @Nullable Object found) {
        String value = found == null ? "null" : Json.write(found);
        if (wanted == Boolean.class || wanted == String.class) {
            return "expected " + (wanted == String.class ? "string" : "boolean")
                    + ", got &value.valueUnstructured{Value:" + value + "}";
        }
        if (Number.class.isAssignableFrom(wanted)) {
            return "expected numeric (int or float), got " + goType(found);
        }
        return "expected " + (Collection.class.isAssignableFrom(wanted) ? "list" : "map") + ", got &{" + value + "}";
    }

    private static String goType(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return "map[string]interface {}";
        }
        if (value instanceof List<?>) {
            return "[]interface {}";
        }
        return value instanceof Boolean ? "bool" : "string";
    }
}
