package dev.gearshift.sandbox.apiserver.schema;

import dev.gearshift.sandbox.apiserver.schema.FieldError.Kind;
import dev.gearshift.sandbox.apiserver.tree.Json;
import dev.gearshift.sandbox.apiserver.tree.Shape;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks values against a structural schema.
 *
 * <p>Values that an update leaves as they were are not checked again (the real server's ratcheting), so that the status of an
 * object written by another version can still be updated.
 */
final class SchemaValidation {

    private final List<FieldError> errors;

    SchemaValidation(List<FieldError> errors) {
        this.errors = errors;
    }

    void check(Object value, @Nullable Object old, @Nullable Schema schema, String path) {
        if (schema == null || (old != null && old.equals(value)) || !typeFits(value, schema, path)) {
            return;
        }
        enumeration(value, schema, path);
        if (value instanceof Map<?, ?>) {
            object(Json.map(value), old, schema, path);
        } else if (value instanceof List<?>) {
            array(Json.list(value), old, schema, path);
        } else if (value instanceof String s) {
            text(s, schema, path);
        } else if (value instanceof Number n) {
            number(n, schema, path);
        }
    }

    private void add(Kind kind, String path, @Nullable Object value, String detail) {
        errors.add(FieldError.of(kind, path, value, detail));
    }

    private boolean typeFits(Object value, Schema schema, String path) {
        String found = typeOf(value);
        String wanted = schema.type();
        boolean fits;
        if (schema.flag("x-kubernetes-int-or-string")) {
            wanted = "integer,string";
            fits = found.equals("integer") || found.equals("string");
        } else {
            fits = wanted.isEmpty() || wanted.equals(found) || (wanted.equals("number") && found.equals("integer"));
        }
        if (!fits) {
            add(Kind.TYPE_INVALID, path, found, path + " in body must be of type " + wanted + ": \"" + found + "\"");
        }
        return fits;
    }

    static String typeOf(Object value) {
        if (value instanceof Map<?, ?>) {
            return "object";
        }
        if (value instanceof List<?>) {
            return "array";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        return value instanceof Long ? "integer" : "number";
    }

    private void enumeration(Object value, Schema schema, String path) {
        List<Object> allowed = Json.list(schema.keyword("enum"));
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            String shown = allowed.stream().map(Json::write).collect(Collectors.joining(", "));
            add(Kind.NOT_SUPPORTED, path, value, "supported values: " + shown);
        }
    }

    private void object(Map<String, Object> map, @Nullable Object old, Schema schema, String path) {
        for (Object name : Json.list(schema.keyword("required"))) {
            if (!map.containsKey(name.toString())) {
                add(Kind.REQUIRED, child(path, name.toString()), null, "");
            }
        }
        size(map.size(), schema, "Properties", "properties", path);
        map.forEach((k, v) -> {
            boolean declared = schema.properties().containsKey(k);
            if (!(schema.isRoot() && k.equals("metadata"))) {
                check(v, Json.at(old, k), schema.below(k), declared ? child(path, k) : path + "." + k);
            }
        });
    }

    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private void array(List<Object> list, @Nullable Object old, Schema schema, String path) {
        size(list.size(), schema, "Items", "items", path);
        Shape.Form form = schema.form(list);
        Set<Object> seen = new HashSet<>();
        Map<Object, Object> before = correlated(old, schema);
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            String at = path + "[" + i + "]";
            Object identity = identity(item, schema);
            if (form != Shape.Form.ATOMIC && !seen.add(identity)) {
                add(Kind.DUPLICATE, at, identity, "");
            }
            check(item, before.get(identity), schema.items(), at);
        }
    }

    /** Old items by what they are told apart by; none for lists that are replaced as a whole. */
    static Map<Object, Object> correlated(@Nullable Object old, Schema schema) {
        Map<Object, Object> out = new LinkedHashMap<>();
        if (old instanceof List<?> && schema.form(old) == Shape.Form.LIST_MAP) {
            Json.list(old).forEach(item -> out.put(identity(item, schema), item));
        }
        return out;
    }

    static Object identity(Object item, Schema schema) {
        if (schema.form(List.of()) != Shape.Form.LIST_MAP) {
            return item;
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        for (String key : schema.keys()) {
            Object value = Json.at(item, key);
            Object known = value == null ? schema.keyDefault(key) : value;
            if (known != null) {
                keys.put(key, known);
            }
        }
        return keys;
    }

    private void size(int size, Schema schema, String keyword, String noun, String path) {
        Number min = schema.number("min" + keyword);
        Number max = schema.number("max" + keyword);
        if (min != null && size < min.longValue()) {
            add(Kind.INVALID, path, (long) size, path + " in body should have at least " + min + " " + noun);
        }
        if (max != null && size > max.longValue()) {
            add(Kind.TOO_MANY, path, (long) size, "must have at most " + max + " items");
        }
    }

    private void text(String s, Schema schema, String path) {
        Number min = schema.number("minLength");
        Number max = schema.number("maxLength");
        int length = s.codePointCount(0, s.length());
        if (min != null && length < min.longValue()) {
            add(Kind.INVALID, path, s, path + " in body should be at least " + min + " chars long");
        }
        if (max != null && length > max.longValue()) {
            add(Kind.TOO_LONG, path, null, "may not be more than " + max + " bytes");
        }
        if (schema.pattern() != null && !schema.pattern().matcher(s).find()) {
            add(
                    Kind.INVALID,
                    path,
                    s,
                    path + " in body should match '" + schema.pattern().pattern() + "'");
        }
        if ("byte".equals(schema.keyword("format")) && s.getBytes(StandardCharsets.UTF_8).length % 4 != 0) {
            add(Kind.INVALID, path, s, path + " in body must be of type byte: " + Json.write(s));
        }
    }

    private void number(Number n, Schema schema, String path) {
        Number min = schema.number("minimum");
        Number max = schema.number("maximum");
        boolean overMin = schema.flag("exclusiveMinimum");
        boolean underMax = schema.flag("exclusiveMaximum");
        double value = n.doubleValue();
        if (min != null && (overMin ? value <= min.doubleValue() : value < min.doubleValue())) {
            add(
                    Kind.INVALID,
                    path,
                    n,
                    path + " in body should be greater than " + (overMin ? "" : "or equal to ") + plain(min));
        }
        if (max != null && (underMax ? value >= max.doubleValue() : value > max.doubleValue())) {
            add(
                    Kind.INVALID,
                    path,
                    n,
                    path + " in body should be less than " + (underMax ? "" : "or equal to ") + plain(max));
        }
        if ("int32".equals(schema.keyword("format"))
                && Objects.equals(n, n.longValue())
                && n.longValue() != n.intValue()) {
            add(Kind.INVALID, path, n, path + " in body must be of type int32: " + Json.write(n.toString()));
        }
    }

    /** A bound as people write it: definitions read through typed classes carry whole numbers as decimals. */
    private static String plain(Number n) {
        return n.doubleValue() == n.longValue() ? Long.toString(n.longValue()) : n.toString();
    }
}
