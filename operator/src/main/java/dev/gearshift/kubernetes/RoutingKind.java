package dev.gearshift.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** Kinds of other projects that lead requests to replicas. A cluster need not have them. */
public enum RoutingKind {
    /** A route of the Gateway API. */
    HTTP_ROUTE("gateway.networking.k8s.io", "HTTPRoute", "httproutes"),
    /** A pool of the Gateway API Inference Extension. */
    INFERENCE_POOL("inference.networking.k8s.io", "InferencePool", "inferencepools");

    private static final String VERSION = "v1";

    private final String group;
    private final String kind;
    private final String plural;

    RoutingKind(String group, String kind, String plural) {
        this.group = group;
        this.kind = kind;
        this.plural = plural;
    }

    /** The API group. */
    public String group() {
        return group;
    }

    /** The kind as manifests have it. */
    public String kind() {
        return kind;
    }

    /** Group and version. */
    public String apiVersion() {
        return group + "/" + VERSION;
    }

    /** What a client must know to ask for such objects. */
    public ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(VERSION)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
