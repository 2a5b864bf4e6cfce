package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.tree.Json;
import dev.gearshift.sandbox.apiserver.tree.ManagedFields;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of one object. Immutable; its text and its typed form are made once, when first asked for.
 *
 * <p>The tree carries everything but {@code managedFields}, which are kept apart and put in only on the way to a client.
 */
final class Stored {

    private final ResourceType type;
    private final ObjectKey key;
    private final Map<String, Object> tree;
    private final ManagedFields managed;
    private volatile @Nullable String json;
    private volatile @Nullable Object typed;

    Stored(ResourceType type, ObjectKey key, Map<String, Object> tree, ManagedFields managed) {
        this.type = type;
        this.key = key;
        this.tree = tree;
        this.managed = managed;
    }

    ResourceType type() {
        return type;
    }

    ObjectKey key() {
        return key;
    }

    /** The tree: shared, not to be changed. */
    Map<String, Object> tree() {
        return tree;
    }

    ManagedFields managed() {
        return managed;
    }

    String uid() {
        return Json.text(tree, "metadata", "uid");
    }

    String resourceVersion() {
        return Json.text(tree, "metadata", "resourceVersion");
    }

    boolean deleting() {
        return Json.at(tree, "metadata", "deletionTimestamp") != null;
    }

    /** The same object under another resource version. */
    Stored withResourceVersion(long version) {
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        Map<String, Object> metadata = new LinkedHashMap<>(Json.map(tree.get("metadata")));
        metadata.put("resourceVersion", Long.toString(version));
        copy.put("metadata", metadata);
        return new Stored(type, key, copy, managed);
    }

    /** The whole object with its managed fields. */
    Map<String, Object> full() {
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        Map<String, Object> metadata = new LinkedHashMap<>(Json.map(tree.get("metadata")));
        metadata.put("managedFields", managed.toTree());
        copy.put("metadata", metadata);
        return copy;
    }

    /** The JSON a client sees. */
    String json() {
        String text = json;
        if (text == null) {
            text = Json.write(full());
            json = text;
        }
        return text;
    }

    /** The typed form without managed fields: shared, not to be changed. */
    <T> T typed(Class<T> as) {
        Object known = typed;
        if (!as.isInstance(known)) {
            known = Json.typed(tree, as);
            typed = known;
        }
        return as.cast(known);
    }
}
