package dev.gearshift.sandbox.apiserver.tree;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A set of places in an object, as {@code metadata.managedFields[].fieldsV1} writes it: {@code f:name} is a field,
 * {@code k:{...}} an item of a list map, {@code v:...} an item of a list set. Immutable.
 */
public final class FieldSet {

    /** No place at all. */
    public static final FieldSet EMPTY = new FieldSet(false, new TreeMap<>());

    /** Exactly the place itself. */
    public static final FieldSet SELF = new FieldSet(true, new TreeMap<>());

    private final boolean self;
    private final SortedMap<String, FieldSet> below;

    private FieldSet(boolean self, SortedMap<String, FieldSet> below) {
        this.self = self;
        this.below = Collections.unmodifiableSortedMap(below);
    }

    /** Makes a set from its parts; empty parts are left out. */
    static FieldSet of(boolean self, Map<String, FieldSet> below) {
        TreeMap<String, FieldSet> kept = new TreeMap<>();
        below.forEach((k, v) -> {
            if (!v.isEmpty()) {
                kept.put(k, v);
            }
        });
        return self || !kept.isEmpty() ? new FieldSet(self, kept) : EMPTY;
    }

    /** Whether no place is in the set. */
    public boolean isEmpty() {
        return !self && below.isEmpty();
    }

    /** Whether the place this set hangs on is itself a member. */
    public boolean hasSelf() {
        return self;
    }

    /** The part below one path element. */
    public FieldSet below(String element) {
        return below.getOrDefault(element, EMPTY);
    }

    /** All parts by path element. */
    public SortedMap<String, FieldSet> parts() {
        return below;
    }

    /** Places in either. */
    public FieldSet union(FieldSet other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        TreeMap<String, FieldSet> out = new TreeMap<>(below);
        other.below.forEach((k, v) -> out.merge(k, v, FieldSet::union));
        return of(self || other.self, out);
    }

    /** Places in this and not in the other. */
    public FieldSet minus(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        TreeMap<String, FieldSet> out = new TreeMap<>();
        below.forEach((k, v) -> out.put(k, v.minus(other.below(k))));
        return of(self && !other.self, out);
    }

    /** Places in both. */
    public FieldSet and(FieldSet other) {
        TreeMap<String, FieldSet> out = new TreeMap<>();
        below.forEach((k, v) -> out.put(k, v.and(other.below(k))));
        return of(self && other.self, out);
    }

    /** Members of this set at which, and below which, the other set has nothing: nobody is left who wants them. */
    public FieldSet abandoned(FieldSet owned) {
        TreeMap<String, FieldSet> out = new TreeMap<>();
        below.forEach((k, v) -> out.put(k, v.abandoned(owned.below(k))));
        return of(self && owned.isEmpty(), out);
    }

    /** This set without one path, whatever lies below it. */
    public FieldSet without(String... path) {
        return without(0, path);
    }

    private FieldSet without(int depth, String... path) {
        if (depth == path.length) {
            return EMPTY;
        }
        FieldSet part = below.get(path[depth]);
        if (part == null) {
            return this;
        }
        TreeMap<String, FieldSet> out = new TreeMap<>(below);
        out.put(path[depth], part.without(depth + 1, path));
        return of(self, out);
    }

    /** Only what lies below one top level field. */
    public FieldSet only(String element) {
        return of(false, Map.of(element, below(element)));
    }

    /** Calls the consumer with every member as a readable path, such as {@code .spec.replicas}. */
    public void forEachPath(Consumer<String> consumer) {
        walk("", consumer);
    }

    private void walk(String prefix, Consumer<String> consumer) {
        if (self) {
            consumer.accept(prefix);
        }
        below.forEach((k, v) -> v.walk(prefix + readable(k), consumer));
    }

    /** A path element as people read it. */
    static String readable(String element) {
        String rest = element.substring(2);
        if (element.startsWith("f:")) {
            return "." + rest;
        }
        if (element.startsWith("v:")) {
            return "[=" + rest + "]";
        }
        StringBuilder keys = new StringBuilder("[");
        Json.parse(rest)
                .forEach((k, v) -> keys.append(keys.length() > 1 ? "," : "")
                        .append(k)
                        .append('=')
                        .append(Json.write(v)));
        return keys.append(']').toString();
    }

    /** The {@code fieldsV1} form. */
    public Map<String, Object> toTree() {
        Map<String, Object> out = new LinkedHashMap<>();
        if (self && !below.isEmpty()) {
            out.put(".", new LinkedHashMap<>());
        }
        below.forEach((k, v) -> out.put(k, v.toTree()));
        return out;
    }

    /** Reads the {@code fieldsV1} form. */
    public static FieldSet fromTree(Map<String, Object> tree) {
        return read(tree, false);
    }

    private static FieldSet read(Map<String, Object> tree, boolean leaf) {
        TreeMap<String, FieldSet> out = new TreeMap<>();
        tree.forEach((k, v) -> {
            if (!k.equals(".")) {
                out.put(k, read(Json.map(v), true));
            }
        });
        return of(tree.containsKey(".") || (leaf && out.isEmpty()), out);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FieldSet f && self == f.self && below.equals(f.below);
    }

    @Override
    public int hashCode() {
        return Objects.hash(self, below);
    }

    @Override
    public String toString() {
        return Json.write(toTree());
    }
}
