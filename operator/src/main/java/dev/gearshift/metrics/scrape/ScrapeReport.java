package dev.gearshift.metrics.scrape;

import dev.gearshift.metrics.scrape.FetchResult.Missed;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one round of scrapes went.
 *
 * @param at when it was
 * @param good pods that answered and showed their load
 * @param malformed lines that were skipped on the pages of these
 * @param missed why the others gave nothing, by namespace and pod
 */
public record ScrapeReport(Instant at, int good, int malformed, SortedMap<String, Missed> missed) {

    public ScrapeReport {
        missed = Collections.unmodifiableSortedMap(new TreeMap<>(missed));
    }
}
