package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.Accelerator;
import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.CarbonIntensity;
import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.Money;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.Watts;
import dev.gearshift.kubernetes.api.v1alpha1.GearshiftApi;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTierSpec;
import dev.gearshift.loop.TierFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a HardwareTier means: every default filled in and everything checked, whether or not a schema did before. */
public final class TierMapping {

    private static final Pattern RESOURCE = Pattern.compile("[a-z0-9.-]+/[A-Za-z0-9._-]+");
    private static final int MOST_PER_NODE = 64;
    private static final int HIGHEST_LIMIT = 100_000;

    private TierMapping() {}

    /** The meaning of a tier; never throws. */
    public static MappedTier map(HardwareTier resource) {
        HardwareTierSpec spec = resource.getSpec();
        Problems problems = new Problems(spec == null ? null : spec.source());
        String name =
                resource.getMetadata() == null ? null : resource.getMetadata().getName();
        checkName(name, problems);
        if (spec == null) {
            problems.missing("spec", "give accelerator and price");
            return new MappedTier.Refused(problems.errors());
        }
        Optional<Accelerator> accelerator = accelerator(spec, problems);
        Optional<Money> price = price(spec.price(), problems);
        int perNode = problems.whole(
                "spec.acceleratorsPerNode",
                spec.acceleratorsPerNode(),
                Defaults.ACCELERATORS_PER_NODE,
                1,
                MOST_PER_NODE);
        CapacityType capacityType =
                problems.word("spec.capacityType", spec.capacityType(), Words.CAPACITY_TYPES, Defaults.CAPACITY_TYPE);
        OptionalInt limit = problems.whole("spec.limit", spec.limit(), 0, HIGHEST_LIMIT);
        if (spec.region() != null && spec.region().isBlank()) {
            problems.refuse("spec.region", "is empty", "write a region such as us-central1, or leave it out");
        }
        Optional<Watts> watts = problems.number(
                        "spec.power.watts",
                        spec.power() == null ? null : spec.power().watts(),
                        false)
                .map(Watts::new);
        Optional<CarbonIntensity> carbon = problems.number(
                        "spec.power.gramsCo2PerKwh",
                        spec.power() == null ? null : spec.power().gramsCo2PerKwh(),
                        true)
                .map(CarbonIntensity::new);
        if (problems.anyRefused() || name == null || accelerator.isEmpty() || price.isEmpty()) {
            return new MappedTier.Refused(problems.errors());
        }
        Tier tier = new Tier(
                new TierName(name),
                accelerator.get(),
                perNode,
                capacityType,
                price.get().perHour(),
                limit,
                Optional.ofNullable(spec.region()));
        TierPlacement placement = new TierPlacement(
                spec.nodeSelector() == null ? Map.of() : spec.nodeSelector(),
                spec.tolerations() == null ? List.of() : spec.tolerations());
        TierFacts.Declaration declaration = new TierFacts.Declaration(
                Optional.ofNullable(spec.price()).map(HardwareTierSpec.Price::source),
                placement.nodeSelector(),
                watts,
                carbon);
        return new MappedTier.Usable(tier, declaration, placement, problems.errors());
    }

    private static void checkName(@Nullable String name, Problems problems) {
        if (name == null || name.isBlank()) {
            problems.missing("metadata.name", "give the tier a name");
        } else if (name.length() > GearshiftApi.TIER_NAME_LENGTH) {
            problems.refuse(
                    "metadata.name",
                    "is \"" + name + "\", which has " + name.length() + " characters",
                    "make it at most " + GearshiftApi.TIER_NAME_LENGTH + ", names of Deployments are made from it");
        } else if (name.contains(".")) {
            problems.refuse(
                    "metadata.name",
                    "is \"" + name + "\", which has a dot",
                    "write '-' instead of '.', names of Services are made from it");
        }
    }

    private static Optional<Accelerator> accelerator(HardwareTierSpec spec, Problems problems) {
        HardwareTierSpec.Accelerator given = spec.accelerator();
        String path = "spec.accelerator";
        if (given == null) {
            problems.missing(path, "give at least its product, such as NVIDIA-L4");
            return Optional.empty();
        }
        String resource = given.resource() == null ? Defaults.ACCELERATOR_RESOURCE : given.resource();
        if (!RESOURCE.matcher(resource).matches()) {
            problems.refuse(
                    path + ".resource",
                    "is \"" + resource + "\", which is no extended resource",
                    "write a domain and a name such as nvidia.com/gpu");
        }
        String product = given.product();
        if (product == null || product.isBlank()) {
            problems.missing(path + ".product", "write the product as the node label has it, such as NVIDIA-L4");
            return Optional.empty();
        }
        Optional<KnownAccelerators.Known> known = KnownAccelerators.find(product);
        Optional<Bytes> memory = problems.number(path + ".memoryGiB", given.memoryGiB(), false)
                .map(Bytes::ofGibibytes)
                .filter(bytes -> bytes.count() > 0)
                .or(() -> known.map(KnownAccelerators.Known::memory));
        if (memory.isEmpty()) {
            problems.missing(path + ".memoryGiB", "give it, since \"" + product + "\" is not a product known here");
        }
        Optional<Datasheet> datasheet = datasheet(spec.datasheet(), product, known, problems);
        return memory.isEmpty() || datasheet.isEmpty() || problems.anyRefused()
                ? Optional.empty()
                : Optional.of(new Accelerator(resource, product, memory.get(), datasheet.get()));
    }

    private static Optional<Datasheet> datasheet(
            HardwareTierSpec.@Nullable Datasheet given,
            String product,
            Optional<KnownAccelerators.Known> known,
            Problems problems) {
        String path = "spec.datasheet";
        Optional<Double> bandwidth = problems.number(
                        path + ".memoryBandwidthGBps", given == null ? null : given.memoryBandwidthGBps(), false)
                .or(() -> known.map(facts -> facts.datasheet().memoryBandwidthGBps()));
        Optional<Double> flops = problems.number(
                        path + ".denseTflops", given == null ? null : given.denseTflops(), false)
                .or(() -> known.map(facts -> facts.datasheet().denseTflops()));
        if (bandwidth.isEmpty() || flops.isEmpty()) {
            problems.missing(
                    path,
                    "give memoryBandwidthGBps and denseTflops, since \"" + product + "\" is not a product known here");
            return Optional.empty();
        }
        return Optional.of(new Datasheet(bandwidth.get(), flops.get()));
    }

    private static Optional<Money> price(HardwareTierSpec.@Nullable Price given, Problems problems) {
        String path = "spec.price.perAcceleratorHour";
        if (given == null || given.perAcceleratorHour() == null) {
            problems.missing(path, "write the dollars an accelerator costs per hour, such as \"0.80\"");
            return Optional.empty();
        }
        return problems.money(path, given.perAcceleratorHour());
    }
}
