package dev.gearshift.metrics;

import dev.gearshift.core.model.Freshness;
import java.time.Duration;

/**
 * Over how long is looked, and how long what was seen can be trusted.
 *
 * @param interval from one scrape of an engine to the next, whoever scrapes
 * @param planning over how long rates are taken: long against a scrape, short against a lead time
 * @param verdict over how long latencies are taken: long enough for the percentiles of a quiet model
 */
public record Windows(Duration interval, Duration planning, Duration verdict) {

    /** What was last seen is fresh for three intervals, and for at least this long. */
    public static final Duration FRESH_AT_LEAST = Duration.ofSeconds(20);

    /** Older than this it is as good as none. */
    public static final Duration STALE_AT_MOST = Duration.ofMinutes(2);

    private static final Duration SHORTEST_PLANNING = Duration.ofSeconds(60);
    private static final Duration USUAL_VERDICT = Duration.ofMinutes(5);

    public Windows {
        if (interval.isNegative() || interval.isZero() || planning.compareTo(interval) < 0) {
            throw new IllegalArgumentException(
                    "need 0 < interval <= planning window, but have " + interval + " and " + planning);
        }
        if (verdict.compareTo(planning) < 0) {
            throw new IllegalArgumentException(
                    "need planning window <= verdict window, but have " + planning + " and " + verdict);
        }
    }

    /** The usual windows: rates over a minute, or four scrapes where that is longer; latencies over five minutes. */
    public static Windows scrapedEvery(Duration interval) {
        Duration planning = longer(SHORTEST_PLANNING, interval.multipliedBy(4));
        return new Windows(interval, planning, longer(USUAL_VERDICT, planning));
    }

    /** How far something seen so long ago can be trusted. */
    public Freshness freshness(Duration age) {
        if (age.compareTo(longer(FRESH_AT_LEAST, interval.multipliedBy(3))) <= 0) {
            return Freshness.FRESH;
        }
        return age.compareTo(STALE_AT_MOST) <= 0 ? Freshness.STALE : Freshness.ABSENT;
    }

    /**
     * How much of the planning window must have been watched before its rates may be called fresh: three intervals. Whoever has only
     * begun to look sees a small rate, and must not scale down on that.
     */
    public Duration leastCoverage() {
        Duration three = interval.multipliedBy(3);
        return three.compareTo(planning) < 0 ? three : planning;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
