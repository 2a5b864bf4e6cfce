package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.Datasheet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makers' figures of well-known accelerators, by product name as node labels have it. Bandwidth and dense 16-bit throughput
 * are from the makers' datasheets (half the figure where only the one with sparsity is printed); memory is what drivers
 * report, which is a little less than what is printed. Slices and shares of an accelerator are not known.
 */
public final class KnownAccelerators {

    /**
     * An accelerator.
     *
     * @param memory its memory
     * @param datasheet the maker's figures
     */
    public record Known(Bytes memory, Datasheet datasheet) {}

    private static final Map<String, Known> PRODUCTS = new TreeMap<>();

    static {
        add("Tesla-T4", 15.0, 320, 65);
        add("NVIDIA-L4", 22.5, 300, 121);
        add("NVIDIA-A10", 22.5, 600, 125);
        add("NVIDIA-A10G", 22.5, 600, 70);
        add("NVIDIA-GeForce-RTX-4090", 24.0, 1008, 165);
        add("NVIDIA-L40", 45.0, 864, 181);
        add("NVIDIA-L40S", 45.0, 864, 362);
        add("NVIDIA-A100-SXM4-40GB", 40.0, 1555, 312);
        add("NVIDIA-A100-PCIE-40GB", 40.0, 1555, 312);
        add("NVIDIA-A100-SXM4-80GB", 80.0, 2039, 312);
        add("NVIDIA-A100-PCIE-80GB", 80.0, 1935, 312);
        add("NVIDIA-A100-80GB-PCIe", 80.0, 1935, 312);
        add("NVIDIA-H100-80GB-HBM3", 79.6, 3350, 989);
        add("NVIDIA-H100-PCIe", 79.6, 2000, 756);
        add("NVIDIA-H100-NVL", 93.6, 3900, 835);
        add("NVIDIA-H200", 140.4, 4800, 989);
        add("NVIDIA-H200-NVL", 140.4, 4800, 835);
        add("NVIDIA-B200", 179.0, 7700, 2250);
        add("AMD-Instinct-MI300X", 192.0, 5300, 1307);
        add("AMD-Instinct-MI300X-OAM", 192.0, 5300, 1307);
        add("MI300X", 192.0, 5300, 1307);
        add("Gaudi3", 128.0, 3700, 1835);
        add("Intel-Gaudi-3", 128.0, 3700, 1835);
    }

    private KnownAccelerators() {}

    /** The figures of a product; case and the kind of dash do not matter. */
    public static Optional<Known> find(String product) {
        return Optional.ofNullable(PRODUCTS.get(normal(product)));
    }

    private static void add(String product, double memoryGiB, double gigabytesPerSecond, double teraflops) {
        PRODUCTS.put(
                normal(product), new Known(Bytes.ofGibibytes(memoryGiB), new Datasheet(gigabytesPerSecond, teraflops)));
    }

    private static String normal(String product) {
        return product.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }
}
