package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.schema.FieldError;
import dev.gearshift.sandbox.apiserver.tree.FieldSet;
import dev.gearshift.sandbox.apiserver.tree.Fields;
import dev.gearshift.sandbox.apiserver.tree.Json;
import dev.gearshift.sandbox.apiserver.tree.ManagedFields;
import dev.gearshift.sandbox.apiserver.tree.ManagedFields.Writer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be done to objects, the same for clients over http and for controllers inside the process. Every write runs under the
 * shelf's lock from reading the stored version to storing the next one.
 */
final class Verbs {

    private final Shelf shelf;
    private final ResourceTypes types;
    private final InstantSource clock;

    Verbs(Shelf shelf, ResourceTypes types, InstantSource clock) {
        this.shelf = shelf;
        this.types = types;
        this.clock = clock;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    Stored get(ResourceType type, ObjectKey key) {
        Stored found = shelf.get(type, key);
        if (found == null) {
            throw ApiError.notFound(type, key.name());
        }
        return found;
    }

    /** Creates an object from what a client sent. */
    Stored create(ResourceType type, String namespace, Map<String, Object> sent, WriteOptions options) {
        synchronized (shelf.lock()) {
            Map<String, Object> next = Json.copy(sent);
            checkIdentity(type, namespace, "", next);
            String prefix = Json.text(next, "metadata", "generateName");
            if (Json.text(next, "metadata", "name").isEmpty() && !prefix.isEmpty()) {
                Json.child(next, "metadata").put("name", shelf.nextName(type.resourceName(), namespace, prefix));
            }
            if (type.status() && !type.kind().equals("Node")) {
                next.remove("status");
            }
            Admission.decode(type, next, options);
            Admission.complete(type, next);
            Writer writer = new Writer(options.manager(), false, "");
            return store(type, namespace, next, writer, Fields.of(next, type.shape()), options);
        }
    }

    private Stored store(
            ResourceType type,
            String namespace,
            Map<String, Object> next,
            Writer writer,
            FieldSet own,
            WriteOptions options) {
        String name = Json.text(next, "metadata", "name");
        ObjectKey key = new ObjectKey(namespace, name);
        Metadata.clear(next);
        Admission.validate(type, next, null);
        if (shelf.get(type, key) != null) {
            throw ApiError.alreadyExists(type, name);
        }
        ManagedFields managed = ManagedFields.NONE.written(
                writer,
                type.apiVersion(),
                now(),
                ManagedFields.ownable(own),
                new Fields.Difference(FieldSet.EMPTY, FieldSet.EMPTY));
        born(type, next, options.dryRun());
        Stored stored = new Stored(type, key, next, managed);
        return options.dryRun() ? stored : put(stored);
    }

    private void born(ResourceType type, Map<String, Object> next, boolean dryRun) {
        Map<String, Object> metadata = Json.child(next, "metadata");
        metadata.put("uid", dryRun ? "00000000-0000-4000-8000-000000000000" : shelf.nextUid());
        metadata.put("creationTimestamp", now().toString());
        if (type.generation()) {
            metadata.put("generation", 1L);
        }
    }

    private Stored put(Stored next) {
        if (next.type().kind().equals(ResourceTypes.CRD_KIND)) {
            try {
                types.define(next.tree());
            } catch (IllegalArgumentException e) {
                throw ApiError.of(422, "Invalid", "CustomResourceDefinition is invalid: " + e.getMessage());
            }
        }
        return shelf.put(next);
    }

    /**
     * Stores an object as it is, without validation, status included. Defaults of custom resources are filled in: the real server
     * does so whenever it reads one that was stored by another version.
     */
    Stored putUnvalidated(Map<String, Object> object, String manager) {
        synchronized (shelf.lock()) {
            ResourceType type = types.byKind(Json.text(object, "apiVersion"), Json.text(object, "kind"))
                    .orElseThrow(() -> new IllegalArgumentException("unknown kind " + Json.text(object, "kind")));
            Map<String, Object> next = Json.copy(object);
            ManagedFields managed = ManagedFields.fromTree(Json.list(Json.at(next, "metadata", "managedFields")));
            String namespace = type.namespaced() ? Json.text(next, "metadata", "namespace") : "";
            ObjectKey key = new ObjectKey(namespace, Json.text(next, "metadata", "name"));
            Stored before = shelf.get(type, key);
            if (before == null) {
                Metadata.clear(next);
                born(type, next, false);
            } else {
                Metadata.restore(next, before.tree());
                Metadata.countGeneration(type, next, before.tree());
            }
            if (!type.builtin()) {
                Admission.complete(type, next);
            }
            if (managed.entries().isEmpty()) {
                FieldSet own = ManagedFields.ownable(Fields.of(next, type.shape()));
                managed = managed.written(
                        new Writer(manager, false, ""),
                        type.apiVersion(),
                        now(),
                        own,
                        new Fields.Difference(own, FieldSet.EMPTY));
            }
            return put(new Stored(type, key, next, managed));
        }
    }

    /** Replaces an object, or its status, by what a client sent. */
    Stored update(ResourceType type, ObjectKey key, Map<String, Object> sent, WriteOptions options) {
        return modify(type, key, before -> Json.copy(sent), options);
    }

    /** Replaces an object, or its status, by what a function makes of the stored one: a tree that may be changed. */
    Stored modify(ResourceType type, ObjectKey key, Function<Stored, Map<String, Object>> edit, WriteOptions options) {
        synchronized (shelf.lock()) {
            Stored before = get(type, key);
            Map<String, Object> next = edit.apply(before);
            checkIdentity(type, key.namespace(), key.name(), next);
            checkPreconditions(before, next, !type.builtin());
            Map<String, Object> content = content(type, before, next, options);
            Admission.decode(type, content, options);
            Admission.complete(type, content);
            Fields.Difference difference = ownableDifference(before, content);
            Writer writer = new Writer(options.manager(), false, options.subresource());
            ManagedFields.Entry last = before.managed().entry(writer);
            FieldSet own = (last == null ? FieldSet.EMPTY : last.fields())
                    .union(difference.changed())
                    .minus(difference.removed());
            ManagedFields managed = before.managed().written(writer, type.apiVersion(), now(), own, difference);
            return finish(before, content, managed, options);
        }
    }

    /** Server-side apply. */
    Stored apply(ResourceType type, ObjectKey key, Map<String, Object> sent, WriteOptions options) {
        synchronized (shelf.lock()) {
            Map<String, Object> config = Json.copy(sent);
            if (Json.at(config, "metadata", "managedFields") != null) {
                throw ApiError.badRequest("metadata.managedFields must be nil");
            }
            checkIdentity(type, key.namespace(), key.name(), config);
            Stored before = shelf.get(type, key);
            if (before == null && !options.subresource().isEmpty()) {
                throw ApiError.notFound(type, key.name());
            }
            if (before != null) {
                checkPreconditions(before, config, false);
            }
            Metadata.clear(config);
            restrict(type, config, options);
            Admission.decodeApplied(type, config, options);
            FieldSet own = ManagedFields.ownable(Fields.of(config, type.shape()));
            Writer writer = new Writer(options.manager(), true, options.subresource());
            if (before == null) {
                Admission.complete(type, config);
                return store(type, key.namespace(), config, writer, own, options);
            }
            return applyOver(before, config, own, writer, options);
        }
    }

    private Stored applyOver(
            Stored before, Map<String, Object> config, FieldSet own, Writer writer, WriteOptions options) {
        ResourceType type = before.type();
        ManagedFields.Entry last = before.managed().entry(writer);
        FieldSet gone = last == null
                ? FieldSet.EMPTY
                : last.fields().abandoned(before.managed().ownedByAll(writer, own));
        Object merged = Fields.merge(before.tree(), config, type.shape());
        Map<String, Object> next = Json.copy(Json.map(Fields.remove(merged, gone, type.shape())));
        Metadata.restore(next, before.tree());
        Admission.complete(type, next);
        Fields.Difference difference = ownableDifference(before, next);
        Map<Writer, FieldSet> conflicts = before.managed().conflicts(writer, difference.changed());
        if (!conflicts.isEmpty() && !options.force()) {
            throw ApiError.applyConflict(before.managed(), conflicts);
        }
        ManagedFields managed = before.managed().written(writer, type.apiVersion(), now(), own, difference);
        return finish(before, next, managed, options);
    }

    private static Fields.Difference ownableDifference(Stored before, Map<String, Object> next) {
        Fields.Difference all =
                Fields.difference(before.tree(), next, before.type().shape());
        return new Fields.Difference(ManagedFields.ownable(all.changed()), ManagedFields.ownable(all.removed()));
    }

    /** Validates and stores the next version, or does nothing when nothing differs. */
    private Stored finish(Stored before, Map<String, Object> next, ManagedFields managed, WriteOptions options) {
        ResourceType type = before.type();
        if (next.equals(before.tree()) && managed.sameOwners(before.managed())) {
            return before;
        }
        Admission.validate(type, next, before.tree());
        Metadata.countGeneration(type, next, before.tree());
        Stored stored = new Stored(type, before.key(), next, managed);
        if (options.dryRun()) {
            return stored;
        }
        boolean lastFinalizerGone = before.deleting()
                && Json.list(Json.at(next, "metadata", "finalizers")).isEmpty()
                && Json.at(next, "metadata", "deletionGracePeriodSeconds") instanceof Long grace
                && grace == 0;
        if (lastFinalizerGone) {
            shelf.remove(stored);
            return stored;
        }
        return put(stored);
    }

    /** What of the sent object counts: the status alone on the status subresource, everything else otherwise. */
    private static Map<String, Object> content(
            ResourceType type, Stored before, Map<String, Object> sent, WriteOptions options) {
        if (options.onStatus()) {
            Map<String, Object> next = Json.copy(before.tree());
            Metadata.carry("status", sent, next);
            return next;
        }
        Metadata.restore(sent, before.tree());
        if (type.status()) {
            Metadata.carry("status", Json.copy(before.tree()), sent);
        }
        return sent;
    }

    private static void restrict(ResourceType type, Map<String, Object> config, WriteOptions options) {
        if (options.onStatus()) {
            config.keySet().retainAll(Set.of("apiVersion", "kind", "status"));
        } else if (type.status()) {
            config.remove("status");
        }
    }

    private static void checkIdentity(ResourceType type, String namespace, String name, Map<String, Object> object) {
        for (String field : new String[] {"apiVersion", "kind"}) {
            String wanted = field.equals("kind") ? type.kind() : type.apiVersion();
            Object found = object.putIfAbsent(field, wanted);
            if (found != null && !found.equals(wanted)) {
                throw ApiError.badRequest(
                        field + " in the data (" + found + ") does not match the expected one (" + wanted + ")");
            }
        }
        Map<String, Object> metadata = Json.child(object, "metadata");
        if (type.namespaced()) {
            Object found = metadata.putIfAbsent("namespace", namespace);
            if (found != null && !found.equals(namespace)) {
                throw ApiError.badRequest(
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
        } else {
            metadata.remove("namespace");
        }
        if (!name.isEmpty()) {
            Object found = metadata.putIfAbsent("name", name);
            if (found != null && !found.equals(name)) {
                throw ApiError.badRequest(
                        "the name of the object (" + found + ") does not match the name on the URL (" + name + ")");
            }
        }
    }

    private static void checkPreconditions(Stored before, Map<String, Object> sent, boolean versionRequired) {
        String version = Json.text(sent, "metadata", "resourceVersion");
        String uid = Json.text(sent, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(before.uid())) {
            throw ApiError.conflict(
                    before.type(),
                    before.key().name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + before.uid());
        }
        if (!version.isEmpty() && !version.equals(before.resourceVersion())) {
            throw ApiError.conflict(
                    before.type(),
                    before.key().name(),
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
        if (version.isEmpty() && versionRequired) {
            throw ApiError.invalid(
                    before.type(),
                    before.key().name(),
                    List.of(FieldError.of(
                            FieldError.Kind.INVALID,
                            "metadata.resourceVersion",
                            0L,
                            "must be specified for an update")));
        }
    }

    /**
     * Deletes as a client asks for it: at once, or after the grace period and the finalizers.
     *
     * @param graceSeconds the grace period asked for, or null for the object's own
     * @return the object as it is now, or null when it is gone
     */
    @Nullable
    Stored delete(
            ResourceType type,
            ObjectKey key,
            @Nullable Long graceSeconds,
            Map<String, Object> preconditions,
            boolean dryRun) {
        synchronized (shelf.lock()) {
            Stored before = get(type, key);
            checkPreconditions(before, Map.of("metadata", preconditions), false);
            long grace = grace(before, graceSeconds);
            boolean held =
                    !Json.list(Json.at(before.tree(), "metadata", "finalizers")).isEmpty();
            if (dryRun) {
                return before;
            }
            if (grace == 0 && !held) {
                shelf.remove(before);
                return null;
            }
            if (before.deleting()
                    && Json.at(before.tree(), "metadata", "deletionGracePeriodSeconds") instanceof Long present
                    && present <= grace) {
                return before;
            }
            Map<String, Object> next = Json.copy(before.tree());
            Map<String, Object> metadata = Json.child(next, "metadata");
            metadata.put("deletionTimestamp", now().plusSeconds(grace).toString());
            metadata.put("deletionGracePeriodSeconds", grace);
            Metadata.bumpGeneration(next);
            return put(new Stored(type, key, next, before.managed()));
        }
    }

    /** Only a pod that a kubelet runs gets time to stop. */
    private static long grace(Stored object, @Nullable Long asked) {
        String phase = Json.text(object.tree(), "status", "phase");
        if (!object.type().kind().equals("Pod")
                || Json.text(object.tree(), "spec", "nodeName").isEmpty()
                || phase.equals("Succeeded")
                || phase.equals("Failed")) {
            return 0;
        }
        Object own = Json.at(object.tree(), "spec", "terminationGracePeriodSeconds");
        return Objects.requireNonNullElse(asked, own instanceof Long n ? n : 30L);
    }

    /** Takes an object away whatever its finalizers say. */
    void remove(ResourceType type, ObjectKey key) {
        synchronized (shelf.lock()) {
            Stored before = shelf.get(type, key);
            if (before != null) {
                shelf.remove(before);
            }
        }
    }
}
