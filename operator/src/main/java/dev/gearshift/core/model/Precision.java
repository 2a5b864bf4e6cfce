package dev.gearshift.core.model;

/** The number format of a model's weights. */
public enum Precision {
    /** 16-bit floating point. */
    BF16(2.0),
    /** 8-bit floating point. */
    FP8(1.0),
    /** 4-bit integers. */
    INT4(0.5);

    private final double bytesPerParameter;

    Precision(double bytesPerParameter) {
        this.bytesPerParameter = bytesPerParameter;
    }

    /** Bytes one parameter takes in memory. */
    public double bytesPerParameter() {
        return bytesPerParameter;
    }
}
