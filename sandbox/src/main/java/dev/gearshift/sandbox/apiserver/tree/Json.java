package dev.gearshift.sandbox.apiserver.tree;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain values: {@code Map<String, Object>} in document order, {@code List<Object>}, String, Boolean, Long and Double.
 *
 * <p>Integers are always Long and nulls are never kept, so that two trees of the same meaning are {@code equals}. A tree that
 * has been stored is shared and must not be changed: take a {@link #copy} first.
 */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final KubernetesSerialization TYPED = new KubernetesSerialization();

    private Json() {}

    /**
     * Reads an object from JSON or YAML.
     *
     * @throws IllegalArgumentException when the text is neither, or not an object
     */
    public static Map<String, Object> parse(String text) {
        return map(normal(parseRaw(text)));
    }

    /** Reads any JSON or YAML value and keeps its nulls, which merge patches give a meaning. */
    public static Object parseRaw(String text) {
        String trimmed = text.strip();
        try {
            if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
                return MAPPER.readValue(trimmed, Object.class);
            }
        } catch (JsonProcessingException e) {
            // YAML's flow style begins as JSON does
        }
        try {
            return Objects.requireNonNull(TYPED.unmarshal("---\n" + text, Map.class), "empty document");
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not JSON or YAML: " + e.getMessage(), e);
        }
    }

    /** The compact JSON of a tree. */
    public static String write(Object tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tree as a typed object of the Kubernetes client's model. */
    public static <T> T typed(Map<String, Object> tree, Class<T> type) {
        return TYPED.convertValue(narrowed(tree), type);
    }

    /** A copy whose integers are Integer where they fit: {@code IntOrString} takes no others. */
    private static Object narrowed(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> out = new LinkedHashMap<>(map.size() * 2);
            map.forEach((key, item) -> out.put(key, narrowed(item)));
            return out;
        }
        if (value instanceof List<?> items) {
            List<Object> out = new ArrayList<>(items.size());
            items.forEach(item -> out.add(narrowed(item)));
            return out;
        }
        return value instanceof Long number && number == number.intValue() ? (Object) number.intValue() : value;
    }

    /** The tree of a typed object. */
    public static Map<String, Object> tree(Object typed) {
        return map(normal(TYPED.convertValue(typed, Map.class)));
    }

    /** The tree as the JSON library's own nodes. */
    public static JsonNode node(Object tree) {
        return MAPPER.valueToTree(tree);
    }

    /** Plain values from the JSON library's nodes. */
    public static Map<String, Object> fromNode(JsonNode node) {
        return map(normal(MAPPER.convertValue(node, Object.class)));
    }

    /** The value as a map: empty when it is none. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : new LinkedHashMap<>();
    }

    /** The value as a list: empty when it is none. */
    @SuppressWarnings("unchecked")
    public static List<Object> list(@Nullable Object value) {
        return value instanceof List<?> ? (List<Object>) value : new ArrayList<>();
    }

    /** The value below a chain of keys, or null. */
    public static @Nullable Object at(@Nullable Object tree, String... keys) {
        Object value = tree;
        for (String key : keys) {
            if (!(value instanceof Map<?, ?> m)) {
                return null;
            }
            value = m.get(key);
        }
        return value;
    }

    /** The text below a chain of keys, or the empty string. */
    public static String text(@Nullable Object tree, String... keys) {
        Object value = at(tree, keys);
        return value == null ? "" : value.toString();
    }

    /** The map below a key, made and put there when it is missing. */
    public static Map<String, Object> child(Map<String, Object> parent, String key) {
        if (!(parent.get(key) instanceof Map<?, ?>)) {
            parent.put(key, new LinkedHashMap<>());
        }
        return map(parent.get(key));
    }

    /** A deep copy that may be changed. */
    public static Map<String, Object> copy(Map<String, Object> tree) {
        return map(normal(tree));
    }

    /** As {@link #normal}, null for null. */
    public static @Nullable Object normalOrNull(@Nullable Object value) {
        return value == null ? null : normal(value);
    }

    /** A deep copy without nulls and with every integer a Long. */
    public static Object normal(Object value) {
        if (value instanceof Map<?, ?> m) {
            Map<String, Object> out = new LinkedHashMap<>(m.size() * 2);
            for (Map.Entry<?, ?> e : m.entrySet()) {
                if (e.getValue() != null) {
                    out.put(String.valueOf(e.getKey()), normal(e.getValue()));
                }
            }
            return out;
        }
        if (value instanceof List<?> l) {
            List<Object> out = new ArrayList<>(l.size());
            for (Object item : l) {
                if (item != null) {
                    out.add(normal(item));
                }
            }
            return out;
        }
        if (value instanceof Integer || value instanceof Short) {
            return ((Number) value).longValue();
        }
        if (value instanceof Number n && !(value instanceof Long)) {
            return n.doubleValue();
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        return value.toString();
    }
}
