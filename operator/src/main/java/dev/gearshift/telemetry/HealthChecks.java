package dev.gearshift.telemetry;

import dev.gearshift.core.model.ReasonText;
import dev.gearshift.core.model.Seconds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Judges whether the operator lives and is ready.
 *
 * <p>It is dead when it leads and its planning has not ended well for {@link #INTERVALS} intervals, and for at least
 * {@link #LEAST_PATIENCE}: then another process had better lead. The patience counts from the moment at which it was last asked and
 * did not lead, so that a new leader has the time for its first plan. A process that does not lead owes no plan.
 *
 * <p>It is dead as well, leading or not, when something it cannot work without has not held for {@link #BROKEN_PATIENCE}, such as
 * a cache whose connection to the cluster ended for good: it would plan for a cluster that is no more. An API server that is away
 * for a while is no reason, and neither are missing metrics: without them there is a plan all the same.
 */
public final class HealthChecks {

    /** So many intervals may pass without a plan. */
    public static final int INTERVALS = 5;

    /** So long may always pass without a plan. */
    public static final Duration LEAST_PATIENCE = Duration.ofMinutes(2);

    /** What must hold may be broken for so long, such as while the API server restarts. */
    public static final Duration BROKEN_PATIENCE = Duration.ofMinutes(5);

    /**
     * Something without which the process cannot work: it is not ready while that does not hold.
     *
     * @param name what is waited for while it does not hold, such as {@code the caches}
     * @param holds whether it holds now
     */
    public record Condition(String name, BooleanSupplier holds) {}

    private final Duration patience;
    private final Supplier<Optional<Instant>> lastPlanned;
    private final BooleanSupplier leads;
    private final List<Condition> conditions;
    private final InstantSource clock;
    private final Map<String, Instant> brokenSince = new TreeMap<>();
    private Instant owesSince;

    /**
     * Checks that count from now on.
     *
     * @param interval from one plan to the next
     * @param lastPlanned when planning last ended well; empty when it never has
     * @param leads whether this process leads now
     * @param conditions what the process cannot work without, each with a name of its own
     * @param clock tells the time
     */
    public HealthChecks(
            Duration interval,
            Supplier<Optional<Instant>> lastPlanned,
            BooleanSupplier leads,
            List<Condition> conditions,
            InstantSource clock) {
        Duration intervals = interval.multipliedBy(INTERVALS);
        this.patience = intervals.compareTo(LEAST_PATIENCE) > 0 ? intervals : LEAST_PATIENCE;
        this.lastPlanned = lastPlanned;
        this.leads = leads;
        this.conditions = List.copyOf(conditions);
        this.clock = clock;
        this.owesSince = clock.instant();
    }

    /** Whether the process had better be restarted. */
    public synchronized Health liveness() {
        Instant now = clock.instant();
        Optional<Health> broken = broken(now);
        if (broken.isPresent()) {
            return broken.get();
        }
        if (!leads.getAsBoolean()) {
            owesSince = now;
            return Health.good("alive, does not lead");
        }
        Instant since = lastPlanned.get().filter(owesSince::isBefore).orElse(owesSince);
        Duration silence = Duration.between(since, now);
        return silence.compareTo(patience) > 0
                ? Health.bad("no plan for " + ReasonText.seconds(Seconds.of(silence)))
                : Health.good("alive, leads");
    }

    /** Since when something is broken is known only from one time of asking to the next; every look is taken note of. */
    private Optional<Health> broken(Instant now) {
        Optional<Health> dead = Optional.empty();
        for (Condition condition : conditions) {
            if (condition.holds().getAsBoolean()) {
                brokenSince.remove(condition.name());
                continue;
            }
            Instant since = Objects.requireNonNullElse(brokenSince.putIfAbsent(condition.name(), now), now);
            Duration span = Duration.between(since, now);
            if (dead.isEmpty() && span.compareTo(BROKEN_PATIENCE) > 0) {
                dead = Optional.of(
                        Health.bad(condition.name() + " not in order for " + ReasonText.seconds(Seconds.of(span))));
            }
        }
        return dead;
    }

    /** Whether the process can do its work. */
    public Health readiness() {
        List<String> missing = conditions.stream()
                .filter(condition -> !condition.holds().getAsBoolean())
                .map(Condition::name)
                .toList();
        return missing.isEmpty() ? Health.good("ready") : Health.bad("waits for " + String.join(", ", missing));
    }
}
