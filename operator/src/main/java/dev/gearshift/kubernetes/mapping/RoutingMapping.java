package dev.gearshift.kubernetes.mapping;

import dev.gearshift.kubernetes.RoutingKind;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentSpec.Routing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a declaration says of routes and pools. */
public final class RoutingMapping {

    private static final String ROUTE = "spec.routing.httpRoute";
    private static final String PICKER = "spec.routing.inferencePool.endpointPickerRef";
    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_HOST = 253;

    /** A host name of the Gateway API: a DNS name whose first label may be a wildcard. */
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private RoutingMapping() {}

    /** The kinds a declaration names, whether or not it can be used otherwise. */
    public static SortedSet<RoutingKind> asked(ModelDeployment resource) {
        SortedSet<RoutingKind> kinds = new TreeSet<>();
        Routing routing = resource.getSpec() == null ? null : resource.getSpec().routing();
        if (routing != null && routing.httpRoute() != null) {
            kinds.add(RoutingKind.HTTP_ROUTE);
        }
        if (routing != null && routing.inferencePool() != null) {
            kinds.add(RoutingKind.INFERENCE_POOL);
        }
        return kinds;
    }

    static AskedRouting map(@Nullable Routing given, Problems problems) {
        return given == null
                ? AskedRouting.NONE
                : new AskedRouting(route(given.httpRoute(), problems), picker(given.inferencePool(), problems));
    }

    private static Optional<AskedRouting.Route> route(Routing.@Nullable HttpRoute given, Problems problems) {
        if (given == null) {
            return Optional.empty();
        }
        List<AskedRouting.Parent> parents = new ArrayList<>();
        List<Routing.ParentRef> refs = given.parentRefs() == null ? List.of() : given.parentRefs();
        if (refs.isEmpty()) {
            problems.missing(ROUTE + ".parentRefs", "name the Gateway that should take it, such as [{name: gateway}]");
        }
        for (int i = 0; i < refs.size(); i++) {
            Routing.ParentRef ref = refs.get(i);
            if (ref == null || ref.name() == null || ref.name().isBlank()) {
                problems.missing(ROUTE + ".parentRefs[" + i + "].name", "write the name of a Gateway");
            } else {
                parents.add(new AskedRouting.Parent(
                        ref.name(), Optional.ofNullable(ref.namespace()), Optional.ofNullable(ref.sectionName())));
            }
        }
        List<String> hosts = given.hostnames() == null ? List.of() : given.hostnames();
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(i);
            if (host == null
                    || host.length() > LONGEST_HOST
                    || !HOST.matcher(host).matches()) {
                problems.refuse(
                        ROUTE + ".hostnames[" + i + "]",
                        "is \"" + host + "\", which is no host name",
                        "write such as chat.example.com or *.example.com, in lower case and without a port");
            }
        }
        return problems.anyRefused() ? Optional.empty() : Optional.of(new AskedRouting.Route(parents, hosts));
    }

    private static Optional<AskedRouting.Picker> picker(Routing.@Nullable InferencePool given, Problems problems) {
        if (given == null) {
            return Optional.empty();
        }
        Routing.EndpointPickerRef ref = given.endpointPickerRef();
        if (ref == null || ref.name() == null || ref.name().isBlank()) {
            problems.missing(PICKER + ".name", "write the name of the endpoint picker's Service");
            return Optional.empty();
        }
        int port = problems.whole(
                PICKER + ".port.number",
                ref.port() == null ? null : ref.port().number(),
                Defaults.PICKER_PORT,
                1,
                HIGHEST_PORT);
        return Optional.of(new AskedRouting.Picker(ref.name(), port));
    }
}
