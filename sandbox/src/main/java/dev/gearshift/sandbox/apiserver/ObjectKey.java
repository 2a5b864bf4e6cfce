package dev.gearshift.sandbox.apiserver;

/**
 * Where an object of a kind is; sorts by namespace, then name.
 *
 * @param namespace empty for cluster-scoped kinds
 * @param name the name
 */
record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
    @Override
    public int compareTo(ObjectKey o) {
        int c = namespace.compareTo(o.namespace);
        return c != 0 ? c : name.compareTo(o.name);
    }
}
