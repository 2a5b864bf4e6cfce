package dev.gearshift.core.observe;

import dev.gearshift.core.model.LatencyVerdict.BudgetRange;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Seconds;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a latency target's requests did over its window, and what is left of its error budget. Immutable and bounded: requests are
 * kept by slots of window ÷ {@value #SLOTS}, so what leaves the window leaves it a slot at a time.
 *
 * <pre>remaining = 1 − missed ÷ (arrived × (1 − p))</pre>
 *
 * 1 when nothing missed, 0 when exactly the share 1 − p that may miss did, below 0 when more did. It is about the requests that
 * arrived in the window so far: with a young budget few misses weigh much.
 *
 * @param target the longest acceptable time the misses were counted for
 * @param window over how long
 * @param slots requests by the beginning of their slot; none is empty
 */
public record ErrorBudget(Seconds target, Duration window, SortedMap<Instant, Requests> slots) {

    /** The window is kept in so many slots, and the one that has just begun. */
    public static final int SLOTS = 96;

    /**
     * Requests of a span of time.
     *
     * @param arrived how many arrived, not negative, finite
     * @param leastMissed how many missed at least, not negative
     * @param mostMissed how many missed at most, not above {@code arrived}
     */
    public record Requests(double arrived, double leastMissed, double mostMissed) {

        public Requests {
            if (!(0 <= leastMissed && leastMissed <= mostMissed && mostMissed <= arrived)
                    || Double.isInfinite(arrived)) {
                throw new IllegalArgumentException("need 0 <= leastMissed <= mostMissed <= arrived, but have "
                        + leastMissed + ", " + mostMissed + " and " + arrived);
            }
        }

        Requests plus(Requests other) {
            return new Requests(
                    arrived + other.arrived, leastMissed + other.leastMissed, mostMissed + other.mostMissed);
        }
    }

    public ErrorBudget {
        if (window.compareTo(Duration.ofMillis(SLOTS)) < 0) {
            throw new IllegalArgumentException("the window must be at least " + SLOTS + " ms, but is " + window);
        }
        slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
    }

    /** A budget of which nothing is spent. */
    public static ErrorBudget untouched(Seconds target, Duration window) {
        return new ErrorBudget(target, window, new TreeMap<>());
    }

    /** The same requests over another window; what was counted in long slots stays at the beginning of each. */
    public ErrorBudget over(Duration other) {
        if (other.equals(window)) {
            return this;
        }
        ErrorBudget next = untouched(target, other);
        SortedMap<Instant, Requests> merged = new TreeMap<>();
        slots.forEach((from, requests) -> merged.merge(next.slotOf(from), requests, Requests::plus));
        return new ErrorBudget(target, other, merged);
    }

    /** This and requests that arrived until now, without what has left the window. */
    public ErrorBudget with(Requests requests, Instant now) {
        SortedMap<Instant, Requests> next = inWindow(now);
        if (requests.arrived() > 0) {
            next.merge(slotOf(now), requests, Requests::plus);
        }
        return new ErrorBudget(target, window, next);
    }

    /**
     * Bounds of what is left. Empty before there were {@value LatencyVerdicts#MINIMUM_OBSERVATIONS} requests and enough for one
     * of them to be allowed to miss: until then a single slow request would say that all is spent.
     *
     * @param percentile the share of requests that must meet the target
     * @param now the present
     */
    public Optional<BudgetRange> remaining(Percentile percentile, Instant now) {
        Requests all = inWindow(now).values().stream().reduce(new Requests(0, 0, 0), Requests::plus);
        // 20 requests at the 95th percentile allow one miss; in binary that is a little less than one.
        double allowed = all.arrived() * percentile.share().rest().value();
        if (all.arrived() < LatencyVerdicts.MINIMUM_OBSERVATIONS || allowed < 1 - 1e-9) {
            return Optional.empty();
        }
        return Optional.of(new BudgetRange(1 - all.mostMissed() / allowed, 1 - all.leastMissed() / allowed));
    }

    /** Slots that reach into the window; none is from the future, should a clock have been set back. */
    private SortedMap<Instant, Requests> inWindow(Instant now) {
        Instant first = slotOf(now.minus(window));
        SortedMap<Instant, Requests> kept = new TreeMap<>();
        slots.forEach((from, requests) -> {
            if (!from.isBefore(first) && !from.isAfter(now)) {
                kept.put(from, requests);
            }
        });
        return kept;
    }

    private Instant slotOf(Instant time) {
        long length = window.toMillis() / SLOTS;
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), length) * length);
    }
}
