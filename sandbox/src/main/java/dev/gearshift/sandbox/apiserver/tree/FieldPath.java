package dev.gearshift.sandbox.apiserver.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in an object.
 *
 * @param steps the way there from the root: names of fields, which are Strings, and positions of items, which are Integers
 */
public record FieldPath(List<Object> steps) {

    /** The object itself. */
    public static final FieldPath ROOT = new FieldPath(List.of());

    public FieldPath {
        steps = List.copyOf(steps);
    }

    /** The place of a field below this one. */
    public FieldPath field(String name) {
        return then(name);
    }

    /** The place of an item of the list at this place. */
    public FieldPath item(int position) {
        return then(position);
    }

    private FieldPath then(Object step) {
        List<Object> longer = new ArrayList<>(steps);
        longer.add(step);
        return new FieldPath(longer);
    }

    /** The value at this place of an object, or null. */
    public @Nullable Object in(Map<String, Object> tree) {
        Object value = tree;
        for (Object step : steps) {
            value = below(value, step);
        }
        return value;
    }

    private static @Nullable Object below(@Nullable Object value, Object step) {
        if (step instanceof Integer position) {
            List<Object> items = Json.list(value);
            return position < items.size() ? items.get(position) : null;
        }
        return Json.map(value).get(step);
    }

    /** With items by their keys where they have some, as apply names it: {@code .spec.containers[name="engine"].image}. */
    public String keyed(Map<String, Object> tree, Shape root) {
        StringBuilder out = new StringBuilder();
        Object value = tree;
        Shape shape = root;
        for (Object step : steps) {
            Object next = below(value, step);
            if (step instanceof String name) {
                out.append('.').append(name);
                shape = shape.field(name);
            } else {
                out.append(
                        value != null && next != null && Items.keyed(value, shape)
                                ? FieldSet.readable(Items.element(next, shape.form(value), shape))
                                : "[" + step + "]");
                shape = shape.item();
            }
            value = next;
        }
        return out.toString();
    }

    /** With items by their positions, as validation names it: {@code spec.containers[0].image}. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Object step : steps) {
            if (step instanceof Integer position) {
                out.append('[').append(position).append(']');
            } else {
                out.append(out.isEmpty() ? "" : ".").append(step);
            }
        }
        return out.toString();
    }
}
