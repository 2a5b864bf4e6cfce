package dev.gearshift.metrics.scrape;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What happened on one pod between two good scrapes.
 *
 * @param from the earlier scrape
 * @param to the later one
 * @param completed requests completed
 * @param aborted requests given up or failed
 * @param failed those of them that the engine failed
 * @param promptTokens prompt tokens computed
 * @param generationTokens tokens generated
 * @param growth by how much running and waiting together grew; negative when they shrank
 * @param seen observations by kind, one histogram a series
 */
record Increment(
        Instant from,
        Instant to,
        double completed,
        double aborted,
        double failed,
        double promptTokens,
        double generationTokens,
        double growth,
        Map<Distribution, List<Histogram>> seen) {

    /** Requests that arrived, as far as the counts tell. */
    double arrived() {
        return completed + aborted + growth;
    }

    /** Which part of it falls into a window, as if it had happened evenly. */
    double shareWithin(Instant start, Instant end) {
        Instant first = from.isAfter(start) ? from : start;
        Instant last = to.isBefore(end) ? to : end;
        if (!first.isBefore(last)) {
            return 0;
        }
        return seconds(first, last) / seconds(from, to);
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
