package dev.gearshift.metrics.scrape;

import dev.gearshift.core.model.Freshness;
import java.time.Duration;

/**
 * How often is looked and how long is remembered.
 *
 * @param interval from one scrape to the next
 * @param planningWindow over how long rates are taken: long against a scrape, short against a lead time
 * @param verdictWindow over how long latencies are taken: long enough for the percentiles of a quiet model
 * @param parallelism pods asked at once; with 1 everything happens in the caller's thread
 */
public record ScrapeSettings(Duration interval, Duration planningWindow, Duration verdictWindow, int parallelism) {

    /** Every 5 s; rates over 60 s, latencies over 5 min; 16 pods at once. */
    public static final ScrapeSettings DEFAULT =
            new ScrapeSettings(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(5), 16);

    /** A pod's last good scrape is fresh for three intervals, and for at least this long. */
    public static final Duration FRESH_AT_LEAST = Duration.ofSeconds(20);

    /** Older than this it is as good as none. */
    public static final Duration STALE_AT_MOST = Duration.ofMinutes(2);

    public ScrapeSettings {
        if (interval.isNegative() || interval.isZero() || planningWindow.compareTo(interval) < 0) {
            throw new IllegalArgumentException(
                    "need 0 < interval <= planningWindow, but have " + interval + " and " + planningWindow);
        }
        if (verdictWindow.compareTo(planningWindow) < 0 || parallelism < 1) {
            throw new IllegalArgumentException("need planningWindow <= verdictWindow and parallelism >= 1, but have "
                    + verdictWindow + " and " + parallelism);
        }
    }

    /** How far something seen so long ago can be trusted. */
    public Freshness freshness(Duration age) {
        Duration three = interval.multipliedBy(3);
        if (age.compareTo(three.compareTo(FRESH_AT_LEAST) > 0 ? three : FRESH_AT_LEAST) <= 0) {
            return Freshness.FRESH;
        }
        return age.compareTo(STALE_AT_MOST) <= 0 ? Freshness.STALE : Freshness.ABSENT;
    }

    /**
     * How much of the planning window must have been watched before its rates may be called fresh: three intervals. A restarted
     * operator sees a small rate at first because it has looked for a short time, and must not scale down on that.
     */
    Duration leastCoverage() {
        Duration three = interval.multipliedBy(3);
        return three.compareTo(planningWindow) < 0 ? three : planningWindow;
    }

    /** More increments than this are not kept of one pod. */
    int mostIncrements() {
        return (int) Math.min(10_000, 2 * verdictWindow.toMillis() / Math.max(1, interval.toMillis()) + 8);
    }
}
