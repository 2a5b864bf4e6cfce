package dev.gearshift.sandbox.apiserver.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What merging needs to know of a place in an object: whether it is owned as a whole or piece by piece. */
public interface Shape {

    /** The ways a value merges. */
    enum Form {
        /** One owner for the whole value: scalars, atomic lists and atomic maps. */
        ATOMIC,
        /** A map or object whose fields are owned one by one. */
        GRANULAR,
        /** A list whose items are objects told apart by key fields. */
        LIST_MAP,
        /** A list of distinct scalars. */
        LIST_SET
    }

    /** How this value, found at this place, merges. */
    Form form(Object value);

    /** The place of a field below this one. */
    Shape field(String name);

    /** The place of the items of the list at this place. */
    Shape item();

    /** Key fields, in alphabetical order, of a {@link Form#LIST_MAP}. */
    List<String> keys();

    /** What a missing key field counts as, or null when the item then has no such key. */
    @Nullable
    Object keyDefault(String key);

    /** The form of a value nothing is known of: objects merge, lists are replaced. */
    static Form deduced(Object value) {
        return value instanceof java.util.Map<?, ?> ? Form.GRANULAR : Form.ATOMIC;
    }
}
