package dev.gearshift.core.guard;

import dev.gearshift.core.model.Seconds;
import java.time.Duration;
import java.time.Instant;

/**
 * A tier that is not asked for a while because it had nothing to give. When the time is over it is asked again for one
 * replica; only when that one is placed is the tier as good as any other.
 *
 * @param until when it may be asked again
 * @param backoff how long it is not asked this time
 */
public record Bench(Instant until, Duration backoff) {

    /** How long a tier is not asked after its first stock-out. */
    public static final Duration FIRST = Duration.ofMinutes(5);

    /** How long a tier is not asked at most. */
    public static final Duration LONGEST = Duration.ofMinutes(30);

    /** The first bench of a tier. */
    public static Bench first(Instant now) {
        return new Bench(now.plus(FIRST), FIRST);
    }

    /** The next bench, twice as long, after asking again was in vain. */
    public Bench again(Instant now) {
        Duration longer = backoff.multipliedBy(2);
        Duration next = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        return new Bench(now.plus(next), next);
    }

    /** Whether the tier is not asked now. */
    public boolean holds(Instant now) {
        return now.isBefore(until);
    }

    /** The back-off as a quantity. */
    public Seconds duration() {
        return Seconds.of(backoff);
    }
}
