package dev.gearshift.sandbox.prometheus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a Prometheus is run.
 *
 * @param binary the program
 * @param scrapeInterval how often each target is scraped; also how long a scrape may take
 * @param startTimeout how long it may take to become ready
 * @param data a data directory to begin with, such as one prepared by {@code promtool tsdb create-blocks-from}; written to and
 *     kept. Otherwise it begins with an empty one of its own, deleted in the end
 * @param arguments further arguments of the command line
 */
public record PrometheusOptions(
        Path binary, Duration scrapeInterval, Duration startTimeout, Optional<Path> data, List<String> arguments) {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    public PrometheusOptions {
        if (scrapeInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "scrapeInterval must be at least a millisecond, but is " + scrapeInterval);
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("startTimeout must be positive, but is " + startTimeout);
        }
        arguments = List.copyOf(arguments);
    }

    /** With an empty data directory and a minute to become ready. */
    public static PrometheusOptions of(Path binary, Duration scrapeInterval) {
        return new PrometheusOptions(binary, scrapeInterval, START_TIMEOUT, Optional.empty(), List.of());
    }

    /** The same on a data directory that exists already. */
    public PrometheusOptions on(Path existing) {
        return new PrometheusOptions(binary, scrapeInterval, startTimeout, Optional.of(existing), arguments);
    }

    /** The same with another time to become ready. */
    public PrometheusOptions within(Duration timeout) {
        return new PrometheusOptions(binary, scrapeInterval, timeout, data, arguments);
    }

    /** The same with further arguments. */
    public PrometheusOptions with(String... more) {
        return new PrometheusOptions(binary, scrapeInterval, startTimeout, data, List.of(more));
    }
}
