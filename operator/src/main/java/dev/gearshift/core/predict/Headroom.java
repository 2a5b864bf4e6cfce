package dev.gearshift.core.predict;

import dev.gearshift.core.model.RequestRate;

/**
 * How much more than the expected load is provided for.
 *
 * @param k how many times the forecast's rms error is added
 */
public record Headroom(double k) {

    /** The headroom before an error budget steers it. */
    public static final Headroom STANDARD = new Headroom(2);

    public Headroom {
        if (!(k >= 0)) {
            throw new IllegalArgumentException("k must not be negative, but is " + k);
        }
    }

    /** The load to provide for. */
    public RequestRate provisioned(DemandForecast.Forecast forecast) {
        throw new UnsupportedOperationException(forecast.toString());
    }
}
