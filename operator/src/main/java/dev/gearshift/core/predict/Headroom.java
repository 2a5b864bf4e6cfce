package dev.gearshift.core.predict;

import dev.gearshift.core.model.RequestRate;

/**
 * How much more than the expected load is provided for: m + k·σ, but not above the recent peak and a margin, and never below m.
 *
 * <p>Without the bound a pure step overshoots: while m still climbs, σ has already seen the whole step.
 *
 * @param k how many times the forecast's rms error is added, not negative
 */
public record Headroom(double k) {

    /** The headroom before an error budget steers it. */
    public static final Headroom STANDARD = new Headroom(2);

    /** How far above the recent peak may be provided for. */
    public static final double PEAK_MARGIN = 0.1;

    public Headroom {
        if (!(k >= 0)) {
            throw new IllegalArgumentException("k must not be negative, but is " + k);
        }
    }

    /** The load to provide for. */
    public RequestRate provisioned(DemandForecast.Forecast forecast) {
        double mean = forecast.mean().perSecond();
        double wanted = mean + k * forecast.sigma().perSecond();
        double bound = forecast.recentPeak().perSecond() * (1 + PEAK_MARGIN);
        return new RequestRate(Math.max(mean, Math.min(wanted, bound)));
    }
}
