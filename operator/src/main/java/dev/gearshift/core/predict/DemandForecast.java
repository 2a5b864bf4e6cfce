package dev.gearshift.core.predict;

import dev.gearshift.core.model.RequestRate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a model's demand. Immutable.
 *
 * @param history what was seen lately, oldest first
 */
public record DemandForecast(List<Sample> history) {

    /** Nothing was seen yet. */
    public static final DemandForecast NONE = new DemandForecast(List.of());

    /**
     * One look.
     *
     * @param time when
     * @param load the offered load seen
     * @param mean the load expected from then on
     */
    public record Sample(Instant time, RequestRate load, RequestRate mean) {}

    /**
     * The load expected one lead time ahead.
     *
     * @param mean the expected load
     * @param sigma the rms error of such forecasts lately; empty before one could be checked
     * @param recentPeak the highest load lately
     */
    public record Forecast(RequestRate mean, Optional<RequestRate> sigma, RequestRate recentPeak) {}

    public DemandForecast {
        history = List.copyOf(history);
    }

    /** This, having seen an offered load at {@code now}. Looks that are not newer than the last one change nothing. */
    public DemandForecast observe(RequestRate offered, Instant now) {
        throw new UnsupportedOperationException(offered + " " + now);
    }

    /** The load expected {@code lead} after the last look; empty when there was none. */
    public Optional<Forecast> forecast(Duration lead) {
        throw new UnsupportedOperationException(lead.toString());
    }

    /** The highest load seen in so long before the last look; empty when there was none. */
    public Optional<RequestRate> highest(Duration window) {
        throw new UnsupportedOperationException(window.toString());
    }
}
