package dev.gearshift.core.model;

/**
 * What the maker of an accelerator promises: the two figures that bound how fast a step of inference can be.
 *
 * @param memoryBandwidthGBps memory bandwidth, decimal gigabytes per second
 * @param denseTflops dense 16-bit tensor throughput, in 10¹² floating-point operations per second
 */
public record Datasheet(double memoryBandwidthGBps, double denseTflops) {

    public Datasheet {
        Checks.positive("memoryBandwidthGBps", memoryBandwidthGBps);
        Checks.positive("denseTflops", denseTflops);
    }

    /** Memory bandwidth in bytes per second. */
    public double bytesPerSecond() {
        return memoryBandwidthGBps * 1e9;
    }

    /**
     * Floating-point operations per second on weights of the given precision. Eight-bit weights double the 16-bit rate;
     * four-bit weights are widened before they are multiplied and gain nothing.
     */
    public double flops(Precision precision) {
        return denseTflops * 1e12 * (precision == Precision.FP8 ? 2 : 1);
    }
}
