package dev.gearshift.sandbox.apiserver;

import java.util.Set;

/**
 * What a client asks for, in short.
 *
 * @param client who asks: the user agent up to the first slash
 * @param verb as {@link RequestCounters} name it
 * @param what the kind, or {@code kind/subresource}
 * @param namespace the namespace, empty for cluster-scoped kinds and for all namespaces
 * @param name the object's name, empty for a collection and for what is created
 * @param dryRun whether nothing is to be stored
 */
public record ClientRequest(String client, String verb, String what, String namespace, String name, boolean dryRun) {

    private static final Set<String> READS = Set.of("get", "list", "watch");

    static ClientRequest of(ApiRequest request, String verb, Target target) {
        return new ClientRequest(
                request.userAgent(),
                verb,
                target.what(),
                target.namespace(),
                target.name(),
                request.parameter("dryRun").equals("All"));
    }

    /** Whether it is to store something. */
    public boolean writes() {
        return !dryRun && !READS.contains(verb);
    }

    /** The kind of request: {@code "apply ModelDeployment/status"}, {@code "apply Deployment (dry run)"}. */
    public String kind() {
        return verb + " " + what + (dryRun ? " (dry run)" : "");
    }
}
