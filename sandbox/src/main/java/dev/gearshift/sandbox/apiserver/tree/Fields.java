package dev.gearshift.sandbox.apiserver.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What server-side apply does with values: the places a value sets, the places where two values differ, merging one value
 * over another, and taking places out again. Every method leaves its arguments alone.
 */
public final class Fields {

    private Fields() {}

    /**
     * Where two versions of an object differ.
     *
     * @param changed places that are new or have another value
     * @param removed places that are gone
     */
    public record Difference(FieldSet changed, FieldSet removed) {}

    /** The places a value sets. */
    public static FieldSet of(Object value, Shape shape) {
        Shape.Form form = shape.form(value);
        if (form == Shape.Form.GRANULAR && value instanceof Map<?, ?>) {
            Map<String, FieldSet> out = new TreeMap<>();
            Json.map(value).forEach((k, v) -> out.put("f:" + k, of(v, shape.field(k))));
            return FieldSet.of(out.isEmpty(), out);
        }
        if (Items.keyed(value, shape)) {
            Map<String, FieldSet> out = new TreeMap<>();
            Items.of(value, shape)
                    .orElseThrow()
                    .forEach((k, v) -> out.put(
                            k,
                            form == Shape.Form.LIST_SET
                                    ? FieldSet.SELF
                                    : of(v, shape.item()).union(FieldSet.SELF)));
            return FieldSet.of(out.isEmpty(), out);
        }
        return FieldSet.SELF;
    }

    /** Where the new version differs from the old one. Either may be missing. */
    public static Difference difference(@Nullable Object before, @Nullable Object after, Shape shape) {
        if (Objects.equals(before, after)) {
            return new Difference(FieldSet.EMPTY, FieldSet.EMPTY);
        }
        if (before == null) {
            return new Difference(withContainers(Objects.requireNonNull(after), shape), FieldSet.EMPTY);
        }
        if (after == null) {
            return new Difference(FieldSet.EMPTY, withContainers(before, shape));
        }
        Map<String, Object> left;
        Map<String, Object> right;
        boolean items = false;
        if (isMap(before, shape) && isMap(after, shape)) {
            left = prefixed(before);
            right = prefixed(after);
        } else if (Items.keyed(before, shape) && Items.keyed(after, shape)) {
            left = Items.of(before, shape).orElseThrow();
            right = Items.of(after, shape).orElseThrow();
            items = true;
        } else {
            return new Difference(FieldSet.SELF, FieldSet.EMPTY);
        }
        Map<String, FieldSet> changed = new TreeMap<>();
        Map<String, FieldSet> removed = new TreeMap<>();
        Map<String, Object> all = new LinkedHashMap<>(left);
        all.putAll(right);
        for (String element : all.keySet()) {
            Shape below = items ? shape.item() : shape.field(element.substring(2));
            Difference d = difference(left.get(element), right.get(element), below);
            changed.put(element, d.changed());
            removed.put(element, d.removed());
        }
        return new Difference(FieldSet.of(false, changed), FieldSet.of(false, removed));
    }

    /** The places of a value that appears or vanishes: those it sets and the containers around them. */
    private static FieldSet withContainers(Object value, Shape shape) {
        Map<String, FieldSet> out = new TreeMap<>();
        if (isMap(value, shape)) {
            prefixed(value).forEach((k, v) -> out.put(k, withContainers(v, shape.field(k.substring(2)))));
        } else if (Items.keyed(value, shape)) {
            Items.of(value, shape).orElseThrow().forEach((k, v) -> out.put(k, withContainers(v, shape.item())));
        }
        return FieldSet.of(true, out);
    }

    private static boolean isMap(Object value, Shape shape) {
        return value instanceof Map<?, ?> && shape.form(value) == Shape.Form.GRANULAR;
    }

    private static Map<String, Object> prefixed(Object map) {
        Map<String, Object> out = new LinkedHashMap<>();
        Json.map(map).forEach((k, v) -> out.put("f:" + k, v));
        return out;
    }

    /** The live value with the applied one laid over it. */
    public static Object merge(@Nullable Object live, Object applied, Shape shape) {
        if (live == null) {
            return applied;
        }
        if (isMap(live, shape) && isMap(applied, shape)) {
            Map<String, Object> out = new LinkedHashMap<>(Json.map(live));
            Json.map(applied).forEach((k, v) -> out.put(k, merge(out.get(k), v, shape.field(k))));
            return out;
        }
        if (Items.keyed(live, shape) && Items.keyed(applied, shape)) {
            return mergeItems(live, applied, shape);
        }
        return applied;
    }

    /** Applied items take the places of their live counterparts in the applied order; new ones go to the end. */
    private static List<Object> mergeItems(Object live, Object applied, Shape shape) {
        Map<String, Object> left = Items.of(live, shape).orElseThrow();
        Map<String, Object> right = Items.of(applied, shape).orElseThrow();
        var next = right.entrySet().iterator();
        List<Object> out = new ArrayList<>();
        left.forEach((k, v) -> {
            if (right.containsKey(k)) {
                Map.Entry<String, Object> e = next.next();
                out.add(merge(left.get(e.getKey()), e.getValue(), shape.item()));
            } else {
                out.add(v);
            }
        });
        next.forEachRemaining(e -> out.add(merge(left.get(e.getKey()), e.getValue(), shape.item())));
        return out;
    }

    /** The value without the given places; containers left empty by that vanish too. Null when nothing is left. */
    public static @Nullable Object remove(Object value, FieldSet gone, Shape shape) {
        if (gone.isEmpty()) {
            return value;
        }
        if (isMap(value, shape)) {
            Map<String, Object> out = new LinkedHashMap<>();
            Json.map(value).forEach((k, v) -> {
                Object kept = remove(v, gone.below("f:" + k), shape.field(k));
                if (kept != null) {
                    out.put(k, kept);
                }
            });
            return out.isEmpty() ? null : out;
        }
        if (Items.keyed(value, shape)) {
            List<Object> out = new ArrayList<>();
            Items.of(value, shape).orElseThrow().forEach((k, v) -> {
                FieldSet below = gone.below(k);
                Object kept = below.hasSelf() ? null : remove(v, below, shape.item());
                if (kept != null) {
                    out.add(kept);
                }
            });
            return out.isEmpty() ? null : out;
        }
        return gone.hasSelf() ? null : value;
    }
}
