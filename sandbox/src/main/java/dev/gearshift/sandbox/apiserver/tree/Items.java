package dev.gearshift.sandbox.apiserver.tree;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The items of a list map or list set by their path elements, in the order of the list. */
final class Items {

    private Items() {}

    /** Items by path element, or empty when items lack keys or are not distinct: the list is then handled as a whole. */
    static Optional<Map<String, Object>> of(Object list, Shape shape) {
        Shape.Form form = shape.form(list);
        Map<String, Object> out = new LinkedHashMap<>();
        for (Object item : Json.list(list)) {
            if (form == Shape.Form.LIST_MAP && !(item instanceof Map<?, ?>)) {
                return Optional.empty();
            }
            String element = element(item, form, shape);
            if (out.putIfAbsent(element, item) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(out);
    }

    /** The path element of an item. */
    static String element(Object item, Shape.Form form, Shape shape) {
        return form == Shape.Form.LIST_SET ? "v:" + Json.write(item) : key(Json.map(item), shape);
    }

    private static String key(Map<String, Object> item, Shape shape) {
        Map<String, Object> keys = new TreeMap<>();
        for (String key : shape.keys()) {
            Object value = item.get(key);
            if (value == null) {
                value = shape.keyDefault(key);
            }
            if (value != null) {
                keys.put(key, value);
            }
        }
        return "k:" + Json.write(keys);
    }

    /** Whether the value is a list that can be handled item by item. */
    static boolean keyed(Object value, Shape shape) {
        return value instanceof List<?>
                && (shape.form(value) == Shape.Form.LIST_MAP || shape.form(value) == Shape.Form.LIST_SET)
                && of(value, shape).isPresent();
    }
}
