package dev.gearshift.metrics.scrape;

import dev.gearshift.metrics.Windows;
import java.time.Duration;

/**
 * How often is looked and how long is remembered.
 *
 * @param windows how often, and over how long
 * @param parallelism pods asked at once; with 1 everything happens in the caller's thread
 */
public record ScrapeSettings(Windows windows, int parallelism) {

    /** Every 5 s; rates over 60 s, latencies over 5 min; 16 pods at once. */
    public static final ScrapeSettings DEFAULT = new ScrapeSettings(Windows.scrapedEvery(Duration.ofSeconds(5)), 16);

    public ScrapeSettings {
        if (parallelism < 1) {
            throw new IllegalArgumentException("need parallelism >= 1, but have " + parallelism);
        }
    }

    /** More increments than this are not kept of one pod. */
    int mostIncrements() {
        return (int) Math.min(
                10_000,
                2
                                * windows.verdict().toMillis()
                                / Math.max(1, windows.interval().toMillis())
                        + 8);
    }
}
