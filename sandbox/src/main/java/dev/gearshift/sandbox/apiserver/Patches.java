package dev.gearshift.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gearshift.sandbox.apiserver.tree.Json;
import dev.gearshift.sandbox.apiserver.tree.Shape;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The patches that are edits of the stored object: JSON patch, merge patch and strategic merge patch. */
final class Patches {

    static final String JSON_PATCH = "application/json-patch+json";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";

    private Patches() {}

    /** The edit a patch describes. */
    static UnaryOperator<Map<String, Object>> edit(String contentType, String body, ResourceType type) {
        Object patch = parse(body);
        return switch (contentType) {
            case JSON_PATCH -> object -> jsonPatch(object, patch);
            case MERGE -> object -> Json.copy(Json.map(merge(object, patch)));
            case STRATEGIC -> {
                if (!type.builtin()) {
                    throw unsupported(contentType);
                }
                yield object -> Json.copy(Json.map(strategic(object, patch, type.shape())));
            }
            default -> throw unsupported(contentType);
        };
    }

    private static ApiError unsupported(String contentType) {
        return ApiError.of(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + String.join(", ", JSON_PATCH, MERGE, "application/apply-patch+yaml") + "; got "
                        + contentType);
    }

    private static Object parse(String body) {
        try {
            return Json.parseRaw(body);
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> jsonPatch(Map<String, Object> object, Object patch) {
        try {
            JsonNode changed = JsonPatch.apply(Json.node(patch), Json.node(object));
            return Json.fromNode(changed);
        } catch (JsonPatchException e) {
            throw ApiError.of(
                    422,
                    "Invalid",
                    "the server rejected our request due to an error in our request: " + e.getMessage());
        }
    }

    /** RFC 7386. */
    private static Object merge(Object target, Object patch) {
        if (!(patch instanceof Map<?, ?> fields)) {
            return patch;
        }
        Map<String, Object> out = new LinkedHashMap<>(Json.map(target));
        fields.forEach((k, v) -> {
            String key = String.valueOf(k);
            if (v == null) {
                out.remove(key);
            } else {
                out.put(key, merge(out.getOrDefault(key, ""), v));
            }
        });
        return out;
    }

    /** As a merge patch, but lists with a merge key are merged by it, and an item may say {@code $patch: delete}. */
    private static Object strategic(Object target, Object patch, Shape shape) {
        if (patch instanceof Map<?, ?> fields) {
            if ("replace".equals(fields.get("$patch"))) {
                Map<String, Object> whole = new LinkedHashMap<>(Json.map(patch));
                whole.remove("$patch");
                return whole;
            }
            Map<String, Object> out = new LinkedHashMap<>(Json.map(target));
            fields.forEach((k, v) -> {
                String key = String.valueOf(k);
                if (v == null) {
                    out.remove(key);
                } else if (!key.startsWith("$")) {
                    out.put(key, strategic(out.getOrDefault(key, ""), v, shape.field(key)));
                }
            });
            return out;
        }
        if (patch instanceof List<?> items
                && shape.form(patch) == Shape.Form.LIST_MAP
                && !shape.keys().isEmpty()) {
            return strategicItems(Json.list(target), items, shape);
        }
        return patch;
    }

    private static List<Object> strategicItems(List<Object> target, List<?> patch, Shape shape) {
        List<Object> out = new ArrayList<>(target);
        String key = shape.keys().get(0);
        for (Object item : patch) {
            int at = -1;
            for (int i = 0; i < out.size(); i++) {
                if (Objects.equals(Json.at(out.get(i), key), Json.normalOrNull(Json.at(item, key)))) {
                    at = i;
                }
            }
            if ("delete".equals(Json.at(item, "$patch"))) {
                if (at >= 0) {
                    out.remove(at);
                }
            } else if (at >= 0) {
                out.set(at, strategic(out.get(at), item, shape.item()));
            } else {
                out.add(item);
            }
        }
        return out;
    }
}
