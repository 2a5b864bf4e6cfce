package dev.gearshift.sandbox.apiserver.tree;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which field of an object: the contents of {@code metadata.managedFields}. Immutable.
 *
 * @param entries one entry a writer, in the order of their first write
 */
public record ManagedFields(List<Entry> entries) {

    /** Nobody owns anything. */
    public static final ManagedFields NONE = new ManagedFields(List.of());

    /** Copies the entries. */
    public ManagedFields {
        entries = List.copyOf(entries);
    }

    /**
     * Who writes.
     *
     * @param name the field manager
     * @param apply true for server-side apply, false for every other write
     * @param subresource empty for the object itself
     */
    public record Writer(String name, boolean apply, String subresource) {}

    /**
     * What one writer owns.
     *
     * @param writer who
     * @param apiVersion the version it wrote in
     * @param time when its set of fields last changed
     * @param fields the places it owns
     */
    public record Entry(Writer writer, String apiVersion, Instant time, FieldSet fields) {}

    /** The entry of a writer, or null. */
    public @Nullable Entry entry(Writer writer) {
        return entries.stream()
                .filter(e -> e.writer().equals(writer))
                .findFirst()
                .orElse(null);
    }

    /** Everything owned by anyone, the writer's own entry replaced by the given fields. */
    public FieldSet ownedByAll(Writer writer, FieldSet own) {
        FieldSet all = own;
        for (Entry e : entries) {
            if (!e.writer().equals(writer)) {
                all = all.union(e.fields());
            }
        }
        return all;
    }

    /** The places others own among those given, by owner. */
    public Map<Writer, FieldSet> conflicts(Writer writer, FieldSet changed) {
        Map<Writer, FieldSet> out = new LinkedHashMap<>();
        for (Entry e : entries) {
            FieldSet both = e.fields().and(changed);
            if (!e.writer().equals(writer) && !both.isEmpty()) {
                out.put(e.writer(), both);
            }
        }
        return out;
    }

    /** With the writer owning exactly these fields, and the others none of the changed or removed ones. */
    public ManagedFields written(
            Writer writer, String apiVersion, Instant now, FieldSet own, Fields.Difference difference) {
        List<Entry> out = new ArrayList<>();
        boolean found = false;
        for (Entry e : entries) {
            if (e.writer().equals(writer)) {
                found = true;
                Instant time = e.fields().equals(own) && difference.changed().isEmpty() ? e.time() : now;
                add(out, new Entry(writer, apiVersion, time, own));
            } else {
                FieldSet left = e.fields().minus(difference.changed()).minus(difference.removed());
                add(out, new Entry(e.writer(), e.apiVersion(), e.time(), left));
            }
        }
        if (!found) {
            add(out, new Entry(writer, apiVersion, now, own));
        }
        return new ManagedFields(out);
    }

    private static void add(List<Entry> out, Entry entry) {
        if (!entry.fields().isEmpty()) {
            out.add(entry);
        }
    }

    /** The same owners of the same fields, whatever the times. */
    public boolean sameOwners(ManagedFields other) {
        return owners().equals(other.owners());
    }

    private List<Object> owners() {
        List<Object> out = new ArrayList<>();
        entries.forEach(e -> out.add(List.of(e.writer(), e.apiVersion(), e.fields())));
        return out;
    }

    /** The list as it stands in {@code metadata.managedFields}. */
    public List<Object> toTree() {
        List<Object> out = new ArrayList<>();
        for (Entry e : entries) {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("apiVersion", e.apiVersion());
            m.put("fieldsType", "FieldsV1");
            m.put("fieldsV1", e.fields().toTree());
            m.put("manager", e.writer().name());
            m.put("operation", e.writer().apply() ? "Apply" : "Update");
            if (!e.writer().subresource().isEmpty()) {
                m.put("subresource", e.writer().subresource());
            }
            m.put("time", e.time().toString());
            out.add(m);
        }
        return out;
    }

    /** Reads the list of {@code metadata.managedFields}. */
    public static ManagedFields fromTree(List<Object> tree) {
        List<Entry> out = new ArrayList<>();
        for (Object o : tree) {
            Writer writer = new Writer(
                    Json.text(o, "manager"), Json.text(o, "operation").equals("Apply"), Json.text(o, "subresource"));
            String time = Json.text(o, "time");
            out.add(new Entry(
                    writer,
                    Json.text(o, "apiVersion"),
                    time.isEmpty() ? Instant.EPOCH : Instant.parse(time),
                    FieldSet.fromTree(Json.map(Json.at(o, "fieldsV1")))));
        }
        return new ManagedFields(out);
    }

    /** How a writer is named in a conflict. */
    public static String describe(Writer writer, String apiVersion) {
        return "\"" + writer.name() + "\""
                + (writer.subresource().isEmpty() ? "" : " with subresource \"" + writer.subresource() + "\"")
                + " using " + apiVersion;
    }

    /** Fields the server itself keeps, which nobody owns. */
    public static FieldSet ownable(FieldSet fields) {
        FieldSet meta = fields.below("f:metadata");
        TreeMap<String, FieldSet> kept = new TreeMap<>(meta.parts());
        for (String f : List.of(
                "name",
                "namespace",
                "creationTimestamp",
                "selfLink",
                "uid",
                "generation",
                "managedFields",
                "resourceVersion",
                "deletionTimestamp",
                "deletionGracePeriodSeconds")) {
            kept.remove("f:" + f);
        }
        TreeMap<String, FieldSet> out = new TreeMap<>(fields.parts());
        out.remove("f:apiVersion");
        out.remove("f:kind");
        out.put("f:metadata", FieldSet.of(false, kept));
        return FieldSet.of(false, out);
    }
}
