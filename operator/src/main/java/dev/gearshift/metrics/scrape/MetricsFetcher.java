package dev.gearshift.metrics.scrape;

import java.net.URI;

/** Gets pages. Called from several threads at once. */
@FunctionalInterface
public interface MetricsFetcher {

    /** Gets a page, within a bounded time and size. Never throws for what the other side does. */
    FetchResult fetch(URI page);
}
