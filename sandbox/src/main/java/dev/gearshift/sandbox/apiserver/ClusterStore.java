package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.tree.Json;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's objects for controllers inside the process. Synchronous and thread-safe; the same objects, rules and watch events
 * as for clients over http.
 *
 * <p>Objects that are returned are shared and must not be changed: make an edited copy with a builder
 * ({@code new PodBuilder(pod).…}). They carry no {@code managedFields}; an update keeps the stored ones. Refusals are
 * {@link ApiError}s. Namespaces need not exist here.
 */
public final class ClusterStore {

    private static final String MANAGER = "sandbox";

    private final Shelf shelf;
    private final ResourceTypes types;
    private final Verbs verbs;

    ClusterStore(Shelf shelf, ResourceTypes types, Verbs verbs) {
        this.shelf = shelf;
        this.types = types;
        this.verbs = verbs;
    }

    /** All objects of a kind, sorted by namespace and name. */
    public <T extends HasMetadata> List<T> list(Class<T> type) {
        return list(type, "");
    }

    /** The objects of a kind in a namespace (in all, when it is empty), sorted by namespace and name. */
    public <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
        List<T> out = new ArrayList<>();
        for (Stored s : shelf.list(types.of(type), namespace).items()) {
            out.add(s.typed(type));
        }
        return Collections.unmodifiableList(out);
    }

    /** One object. The namespace of cluster-scoped kinds is empty. */
    public <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name) {
        return Optional.ofNullable(shelf.get(types.of(type), new ObjectKey(namespace, name)))
                .map(s -> s.typed(type));
    }

    /**
     * Creates an object. As over http, the status of kinds with a status subresource is not taken (that of nodes is).
     *
     * @throws ApiError when it exists or is invalid
     */
    public <T extends HasMetadata> T create(T object) {
        ResourceType type = typeOf(object);
        Map<String, Object> tree = Json.tree(object);
        return typed(verbs.create(type, namespace(type, object), tree, WriteOptions.by(MANAGER, "")), object);
    }

    /**
     * Replaces everything but the status. A resource version in the object must be the stored one; without one the write is
     * unconditional. Nothing is written when nothing differs.
     *
     * @throws ApiError when it is absent, changed since, or invalid
     */
    public <T extends HasMetadata> T update(T object) {
        return replace(object, "");
    }

    /** Replaces the status only; otherwise as {@link #update}. */
    public <T extends HasMetadata> T updateStatus(T object) {
        return replace(object, typeOf(object).status() ? "status" : "");
    }

    private <T extends HasMetadata> T replace(T object, String subresource) {
        ResourceType type = typeOf(object);
        Map<String, Object> tree = Json.tree(object);
        WriteOptions options = WriteOptions.by(MANAGER, subresource);
        Stored stored = verbs.modify(type, key(type, object), before -> withVersion(tree, before), options);
        return typed(stored, object);
    }

    private static Map<String, Object> withVersion(Map<String, Object> tree, Stored before) {
        if (Json.text(tree, "metadata", "resourceVersion").isEmpty()) {
            Json.child(tree, "metadata").put("resourceVersion", before.resourceVersion());
        }
        return tree;
    }

    /** Deletes gracefully, as a client without options: a running pod stays until {@link #remove}. Absent is fine. */
    public void delete(HasMetadata object) {
        delete(object, null);
    }

    /** Deletes with a grace period in seconds; null means the object's own. Absent is fine. */
    public void delete(HasMetadata object, @Nullable Long graceSeconds) {
        ResourceType type = typeOf(object);
        synchronized (shelf.lock()) {
            if (shelf.get(type, key(type, object)) != null) {
                verbs.delete(type, key(type, object), graceSeconds, Map.of(), false);
            }
        }
    }

    /** Takes an object away at once, whatever its grace period and finalizers. Absent is fine. */
    public void remove(HasMetadata object) {
        ResourceType type = typeOf(object);
        verbs.remove(type, key(type, object));
    }

    /** Stores an object given as JSON or YAML without validation, as one left by another version. */
    public void putUnvalidated(String text) {
        verbs.putUnvalidated(Json.parse(text), "unvalidated");
    }

    /** Effective writes so far: it never falls, and a write that changes nothing does not count. */
    public long writes() {
        return shelf.writes();
    }

    /** Resource versions of all objects of a kind by uid. */
    public SortedMap<String, String> versions(Class<? extends HasMetadata> type) {
        return Collections.unmodifiableSortedMap(shelf.versions(types.of(type)));
    }

    /** Calls back on every effective write, in order, while the store is locked: be quick and write nothing. */
    public void listen(Consumer<Change> listener) {
        shelf.listen(listener);
    }

    private ResourceType typeOf(HasMetadata object) {
        return types.byKind(object.getApiVersion(), object.getKind())
                .orElseThrow(() -> new IllegalArgumentException(
                        "no resource for " + object.getApiVersion() + " " + object.getKind()));
    }

    private static String namespace(ResourceType type, HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        if (type.namespaced() && namespace == null) {
            throw new IllegalArgumentException(type.kind() + " without a namespace");
        }
        return type.namespaced() && namespace != null ? namespace : "";
    }

    private static ObjectKey key(ResourceType type, HasMetadata object) {
        return new ObjectKey(namespace(type, object), object.getMetadata().getName());
    }

    @SuppressWarnings("unchecked")
    private static <T extends HasMetadata> T typed(Stored stored, T like) {
        return (T) stored.typed(like.getClass());
    }
}
