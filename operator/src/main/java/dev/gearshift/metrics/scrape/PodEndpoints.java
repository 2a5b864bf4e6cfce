package dev.gearshift.metrics.scrape;

import dev.gearshift.loop.MetricsSource.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Function;

/** At which address a pod's metrics are. */
@FunctionalInterface
public interface PodEndpoints {

    /**
     * Where a pod listens.
     *
     * @param ip its address, IPv4 or IPv6
     * @param port the port of its metrics
     * @param path the path of its metrics, such as {@code /metrics}
     */
    record Address(String ip, int port, String path) {

        private Optional<URI> uri() {
            try {
                return Optional.of(new URI("http", null, ip, port, path, null, null));
            } catch (URISyntaxException unusable) {
                return Optional.empty();
            }
        }
    }

    /** The address of a pod's metrics; empty when it has none yet. */
    Optional<URI> of(Target target);

    /** Plain HTTP at each pod's own address. */
    static PodEndpoints http(Function<Target, Optional<Address>> addresses) {
        return target -> addresses.apply(target).flatMap(Address::uri);
    }
}
