package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.schema.ObjectValidation;
import dev.gearshift.sandbox.apiserver.tree.BuiltinShape;
import dev.gearshift.sandbox.apiserver.tree.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of object the server knows.
 *
 * @param group the API group, empty for the core group
 * @param version the version served and stored
 * @param kind the kind
 * @param plural the name in paths
 * @param namespaced whether objects live in namespaces
 * @param status whether status is written through its own subresource only
 * @param generation whether the server counts changes of the specification
 * @param scalePath the path of the number of replicas the scale subresource writes ({@code spec.replicas}), empty without one
 * @param validation what a custom resource definition demands, null for built-in kinds
 */
public record ResourceType(
        String group,
        String version,
        String kind,
        String plural,
        boolean namespaced,
        boolean status,
        boolean generation,
        String scalePath,
        @Nullable ObjectValidation validation) {

    /** {@code group/version}, or the version alone in the core group. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** How messages name the resource: {@code deployments.apps}. */
    public String resourceName() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** Whether the kind is one of Kubernetes' own. */
    public boolean builtin() {
        return validation == null;
    }

    /** How its objects merge. */
    public Shape shape() {
        return validation == null ? BuiltinShape.root(kind) : validation.schema();
    }

    /** The subresources served. */
    List<String> subresources() {
        List<String> out = new java.util.ArrayList<>();
        if (status) {
            out.add("status");
        }
        if (!scalePath.isEmpty()) {
            out.add("scale");
        }
        return out;
    }
}
