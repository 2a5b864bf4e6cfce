package dev.gearshift.core.model;

/**
 * What decides how fast a model can be on given hardware.
 *
 * @param servedName the name the engine serves it under
 * @param parameters all parameters, in billions
 * @param activeParameters parameters used for one token, in billions; equal to {@code parameters} unless it is a mixture of
 *     experts
 * @param precision number format of the weights
 * @param kvBytesPerToken what one token takes in the KV cache, all layers together
 */
public record ModelProfile(
        String servedName, double parameters, double activeParameters, Precision precision, Bytes kvBytesPerToken) {

    public ModelProfile {
        Checks.notBlank("servedName", servedName);
        Checks.positive("parameters", parameters);
        Checks.positive("activeParameters", activeParameters);
        Checks.positive("kvBytesPerToken", kvBytesPerToken.count());
    }

    /** Memory the weights take. */
    public Bytes weights() {
        return new Bytes(Math.round(parameters * 1e9 * precision.bytesPerParameter()));
    }
}
