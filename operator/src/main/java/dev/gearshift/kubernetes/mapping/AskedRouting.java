package dev.gearshift.kubernetes.mapping;

import dev.gearshift.kubernetes.RoutingKind;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which ways to the replicas are asked for besides the front Service. With both, the route leads to the pool.
 *
 * @param httpRoute a route whose weights follow capacity
 * @param inferencePool a pool whose endpoint picker looks at queues
 */
public record AskedRouting(Optional<Route> httpRoute, Optional<Picker> inferencePool) {

    /** Only the front Service. */
    public static final AskedRouting NONE = new AskedRouting(Optional.empty(), Optional.empty());

    /**
     * A route.
     *
     * @param parents the gateways that should take it, at least one
     * @param hostnames hosts whose requests it is for; all when empty
     */
    public record Route(List<Parent> parents, List<String> hostnames) {

        public Route {
            parents = List.copyOf(parents);
            hostnames = List.copyOf(hostnames);
        }
    }

    /**
     * A gateway.
     *
     * @param name its name
     * @param namespace where it is; the model's namespace when empty
     * @param listener which of its listeners; all when empty
     */
    public record Parent(String name, Optional<String> namespace, Optional<String> listener) {}

    /**
     * An endpoint picker.
     *
     * @param service its Service
     * @param port where that listens
     */
    public record Picker(String service, int port) {}

    /** The kinds that are asked for. */
    public SortedSet<RoutingKind> kinds() {
        SortedSet<RoutingKind> kinds = new TreeSet<>();
        httpRoute.ifPresent(any -> kinds.add(RoutingKind.HTTP_ROUTE));
        inferencePool.ifPresent(any -> kinds.add(RoutingKind.INFERENCE_POOL));
        return kinds;
    }
}
