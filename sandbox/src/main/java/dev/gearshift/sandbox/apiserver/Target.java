package dev.gearshift.sandbox.apiserver;

import java.util.List;
import java.util.Optional;

/**
 * What a path names.
 *
 * @param type the kind
 * @param namespace the namespace, empty for cluster-scoped kinds and for all namespaces
 * @param name the object's name, empty for the whole collection
 * @param subresource the subresource, or empty
 */
record Target(ResourceType type, String namespace, String name, String subresource) {

    /** Finds the resource of {@code /api/v1/…} or {@code /apis/group/version/…}; empty when there is none. */
    static Optional<Target> of(List<String> path, ResourceTypes types) {
        boolean core = !path.isEmpty() && path.get(0).equals("api");
        int start = core ? 2 : 3;
        if (path.size() <= start || !(core || path.get(0).equals("apis"))) {
            return Optional.empty();
        }
        String group = core ? "" : path.get(1);
        String version = path.get(start - 1);
        List<String> rest = path.subList(start, path.size());
        String namespace = "";
        boolean subresourceOfNamespace =
                rest.size() == 3 && (rest.get(2).equals("status") || rest.get(2).equals("finalize"));
        if (rest.get(0).equals("namespaces") && rest.size() > 2 && !subresourceOfNamespace) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        if (rest.size() > 3) {
            return Optional.empty();
        }
        String inNamespace = namespace;
        String name = rest.size() > 1 ? rest.get(1) : "";
        String subresource = rest.size() > 2 ? rest.get(2) : "";
        return types.byPath(group, version, rest.get(0))
                .filter(t -> subresource.isEmpty() || t.subresources().contains(subresource))
                .map(t -> new Target(t, inNamespace, name, subresource));
    }

    ObjectKey key() {
        return new ObjectKey(namespace, name);
    }

    /** How counters name it. */
    String what() {
        return subresource.isEmpty() ? type.kind() : type.kind() + "/" + subresource;
    }
}
