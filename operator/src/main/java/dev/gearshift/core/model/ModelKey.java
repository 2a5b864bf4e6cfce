package dev.gearshift.core.model;

import java.util.Comparator;

/** Which model deployment: its namespace and name. Ordered by namespace, then name. */
public record ModelKey(String namespace, String name) implements Comparable<ModelKey> {

    private static final Comparator<ModelKey> ORDER =
            Comparator.comparing(ModelKey::namespace).thenComparing(ModelKey::name);

    public ModelKey {
        Checks.notBlank("namespace", namespace);
        Checks.notBlank("name", name);
    }

    @Override
    public int compareTo(ModelKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
