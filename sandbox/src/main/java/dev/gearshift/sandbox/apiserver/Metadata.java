package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.tree.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The part of an object's metadata that only the server writes. */
final class Metadata {

    private static final List<String> SERVER_OWNED = List.of(
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "selfLink");

    private Metadata() {}

    /** Takes the server's fields out of what a client sent. */
    static void clear(Map<String, Object> object) {
        Map<String, Object> metadata = Json.child(object, "metadata");
        SERVER_OWNED.forEach(metadata::remove);
        metadata.remove("managedFields");
    }

    /** Puts the server's fields of the stored version into the next one. */
    static void restore(Map<String, Object> next, Map<String, Object> before) {
        clear(next);
        Map<String, Object> metadata = Json.child(next, "metadata");
        for (String field : SERVER_OWNED) {
            Object value = Json.at(before, "metadata", field);
            if (value != null) {
                metadata.put(field, value);
            }
        }
    }

    /** Counts a change of the specification. */
    static void countGeneration(ResourceType type, Map<String, Object> next, Map<String, Object> before) {
        if (type.generation() && !Objects.equals(specification(type, next), specification(type, before))) {
            bumpGeneration(next);
        }
    }

    /** Adds one to the generation of an object that has one. */
    static void bumpGeneration(Map<String, Object> object) {
        Map<String, Object> metadata = Json.child(object, "metadata");
        if (metadata.get("generation") instanceof Long generation) {
            metadata.put("generation", generation + 1);
        }
    }

    private static Map<String, Object> specification(ResourceType type, Map<String, Object> object) {
        Map<String, Object> out = new LinkedHashMap<>(object);
        out.remove("metadata");
        if (type.status()) {
            out.remove("status");
        }
        return out;
    }

    /** Puts one top level field of an object into another, or takes it out there when the first has none. */
    static void carry(String field, Map<String, Object> from, Map<String, Object> to) {
        Object value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.put(field, value);
        }
    }
}
