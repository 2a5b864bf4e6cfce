package dev.gearshift.core.model;

/**
 * One kind of accelerator.
 *
 * @param resource the extended resource a pod asks for, such as {@code nvidia.com/gpu}
 * @param product the product name, such as {@code NVIDIA-L4}
 * @param memory memory of one accelerator
 * @param datasheet bandwidth and throughput of one accelerator
 */
public record Accelerator(String resource, String product, Bytes memory, Datasheet datasheet) {

    public Accelerator {
        Checks.notBlank("resource", resource);
        Checks.notBlank("product", product);
        Checks.positive("memory", memory.count());
    }
}
