package dev.gearshift.core.model;

/**
 * How much is asked of a model.
 *
 * @param observed the offered load last seen
 * @param forecast the load expected one lead time ahead
 * @param provisioned the load provided for: the forecast with headroom
 * @param meanInput mean prompt tokens a request
 * @param meanOutput mean generated tokens a request
 */
public record DemandEstimate(
        RequestRate observed, RequestRate forecast, RequestRate provisioned, Tokens meanInput, Tokens meanOutput) {}
