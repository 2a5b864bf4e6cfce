package dev.gearshift.sandbox.apiserver.schema;

import dev.gearshift.sandbox.apiserver.tree.BuiltinShape;
import dev.gearshift.sandbox.apiserver.tree.DeducedShape;
import dev.gearshift.sandbox.apiserver.tree.Json;
import dev.gearshift.sandbox.apiserver.tree.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One node of a structural schema, read from {@code openAPIV3Schema} once. Immutable. */
public final class Schema implements Shape {

    private final Map<String, Object> raw;
    private final boolean root;
    private final Map<String, Schema> properties;
    private final @Nullable Schema additional;
    private final @Nullable Schema items;
    private final @Nullable Pattern pattern;
    private final List<Rule> rules;

    /**
     * A validation rule as written in the schema.
     *
     * @param rule the CEL expression
     * @param message the fixed message, may be empty
     * @param messageExpression the CEL expression of the message, may be empty
     * @param reason the reason on the wire, may be empty
     * @param fieldPath the field to blame, relative to the node, may be empty
     * @param optionalOldSelf whether a transition rule also runs when there is no old value
     */
    public record Rule(
            String rule,
            String message,
            String messageExpression,
            String reason,
            String fieldPath,
            boolean optionalOldSelf) {}

    private Schema(Map<String, Object> raw, boolean root) {
        this.raw = raw;
        this.root = root;
        Map<String, Schema> props = new LinkedHashMap<>();
        Json.map(raw.get("properties")).forEach((k, v) -> props.put(k, new Schema(Json.map(v), false)));
        this.properties = Collections.unmodifiableMap(props);
        Object more = raw.get("additionalProperties");
        this.additional =
                more instanceof Map<?, ?> || Boolean.TRUE.equals(more) ? new Schema(Json.map(more), false) : null;
        this.items = raw.get("items") instanceof Map<?, ?> m ? new Schema(Json.map(m), false) : null;
        this.pattern = raw.get("pattern") instanceof String p ? Pattern.compile(p) : null;
        List<Rule> found = new ArrayList<>();
        for (Object o : Json.list(raw.get("x-kubernetes-validations"))) {
            found.add(new Rule(
                    Json.text(o, "rule"),
                    Json.text(o, "message"),
                    Json.text(o, "messageExpression"),
                    Json.text(o, "reason"),
                    Json.text(o, "fieldPath"),
                    Boolean.TRUE.equals(Json.at(o, "optionalOldSelf"))));
        }
        this.rules = List.copyOf(found);
    }

    /** The schema of whole objects. */
    public static Schema root(Map<String, Object> openApiV3Schema) {
        return new Schema(Json.copy(openApiV3Schema), true);
    }

    /** {@code object}, {@code array}, {@code string}, {@code integer}, {@code number}, {@code boolean} or empty. */
    public String type() {
        return Json.text(raw, "type");
    }

    /** Whether this is the schema of whole objects, whose metadata the server knows by itself. */
    public boolean isRoot() {
        return root;
    }

    /** The declared fields, in document order. */
    public Map<String, Schema> properties() {
        return properties;
    }

    /** The schema of a map's values, or null. */
    public @Nullable Schema additional() {
        return additional;
    }

    /** The schema of a list's items, or null. */
    public @Nullable Schema items() {
        return items;
    }

    /** The pattern a text must contain a match of, or null. */
    public @Nullable Pattern pattern() {
        return pattern;
    }

    /** The CEL rules on this node. */
    public List<Rule> rules() {
        return rules;
    }

    /** A keyword's value, or null. */
    public @Nullable Object keyword(String name) {
        return raw.get(name);
    }

    /** A keyword's number, or null. */
    public @Nullable Number number(String name) {
        return raw.get(name) instanceof Number n ? n : null;
    }

    /** Whether a boolean keyword is set. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(raw.get(name));
    }

    /** Whether fields nobody declared are kept. */
    public boolean preservesUnknown() {
        return flag("x-kubernetes-preserve-unknown-fields");
    }

    /** The schema below a field, or null when it has none. */
    public @Nullable Schema below(String field) {
        Schema declared = properties.get(field);
        return declared == null ? additional : declared;
    }

    @Override
    public Form form(Object value) {
        if (value instanceof List<?>) {
            return switch (Json.text(raw, "x-kubernetes-list-type")) {
                case "map" -> Form.LIST_MAP;
                case "set" -> Form.LIST_SET;
                default -> Form.ATOMIC;
            };
        }
        return value instanceof Map<?, ?>
                        && !Json.text(raw, "x-kubernetes-map-type").equals("atomic")
                ? Form.GRANULAR
                : Form.ATOMIC;
    }

    @Override
    public Shape field(String name) {
        if (root && name.equals("metadata")) {
            return BuiltinShape.root("").field("metadata");
        }
        Schema below = below(name);
        return below == null ? DeducedShape.INSTANCE : below;
    }

    @Override
    public Shape item() {
        return items == null ? DeducedShape.INSTANCE : items;
    }

    @Override
    public List<String> keys() {
        List<String> out = new ArrayList<>();
        Json.list(raw.get("x-kubernetes-list-map-keys")).forEach(k -> out.add(k.toString()));
        Collections.sort(out);
        return out;
    }

    @Override
    public @Nullable Object keyDefault(String key) {
        Schema property = items == null ? null : items.properties.get(key);
        return property == null ? null : property.keyword("default");
    }
}
