package dev.gearshift.core.guard;

import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.Seconds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * For how long the metrics of a model with ready replicas have not been good enough to decide on. While that lasts
 * {@link #PATIENCE} a person should look; when it is over that is told once.
 *
 * @param since when it began; empty while metrics are fresh, have only begun, or cannot be expected
 * @param worthTelling whether its end will be news: there were fresh metrics before, or it was told to be serious
 */
public record MissingMetrics(Optional<Instant> since, boolean worthTelling) {

    /** Missing for this long is serious. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Nothing is missing. */
    public static final MissingMetrics NONE = new MissingMetrics(Optional.empty(), false);

    /** What a look at the metrics showed. */
    public enum Look {
        /** They can be decided on. */
        GOOD,
        /** They cannot, because they have only begun. */
        BEGUN,
        /** They cannot although replicas are ready. */
        BAD,
        /** No replica is ready that could tell. */
        NOT_DUE
    }

    /**
     * What is known after a look.
     *
     * @param missing what to remember
     * @param serious that it has lasted for long, as long as it lasts
     * @param over that it is over, once
     */
    public record Looked(MissingMetrics missing, Optional<Reason> serious, Optional<Reason> over) {}

    /**
     * What is known after one more look.
     *
     * @param look what it showed
     * @param hadFresh whether there were ever fresh metrics
     * @param now the present
     */
    public Looked after(Look look, boolean hadFresh, Instant now) {
        if (look == Look.NOT_DUE || (since.isEmpty() && look != Look.BAD)) {
            return new Looked(NONE, Optional.empty(), Optional.empty());
        }
        Instant from = since.orElse(now);
        if (look == Look.GOOD) {
            Reason over = Reason.of(ReasonKind.METRICS_BACK).observed(Seconds.of(Duration.between(from, now)));
            return new Looked(NONE, Optional.empty(), worthTelling ? Optional.of(over) : Optional.empty());
        }
        boolean serious = !from.plus(PATIENCE).isAfter(now);
        MissingMetrics next = new MissingMetrics(Optional.of(from), worthTelling || hadFresh || serious);
        Reason missing = Reason.of(ReasonKind.METRICS_MISSING).limit(Seconds.of(PATIENCE));
        return new Looked(next, serious ? Optional.of(missing) : Optional.empty(), Optional.empty());
    }
}
