package dev.gearshift.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Accelerator;
import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.CarbonIntensity;
import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.Watts;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierMappingTest {

    @Test
    void everythingDeclaredArrives() {
        MappedTier.Usable mapped = (MappedTier.Usable) TierMapping.map(Declarations.tierNamed("l4"));
        assertThat(mapped.tier())
                .isEqualTo(new Tier(
                        new TierName("l4"),
                        new Accelerator(
                                "nvidia.com/gpu", "NVIDIA-L4", Bytes.ofGibibytes(22.5), new Datasheet(300, 121)),
                        1,
                        CapacityType.ON_DEMAND,
                        HourlyCost.ofDollars("0.80"),
                        OptionalInt.of(16),
                        Optional.of("us-central1")));
        assertThat(mapped.placement().nodeSelector()).containsEntry("cloud.google.com/gke-accelerator", "nvidia-l4");
        assertThat(mapped.problems()).isEmpty();
    }

    @Test
    void aWellKnownProductNeedsOnlyAPrice() {
        MappedTier.Usable mapped = (MappedTier.Usable) TierMapping.map(Declarations.tier(
                "/spec", "{accelerator: {product: NVIDIA-H100-80GB-HBM3}, price: {perAcceleratorHour: '6.90'}}"));
        Tier tier = mapped.tier();
        assertThat(tier.accelerator().datasheet()).isEqualTo(new Datasheet(3350, 989));
        assertThat(tier.accelerator().memory()).isEqualTo(Bytes.ofGibibytes(79.6));
        assertThat(tier.accelerator().resource()).isEqualTo("nvidia.com/gpu");
        assertThat(tier.acceleratorsPerNode()).isEqualTo(1);
        assertThat(tier.capacityType()).isEqualTo(CapacityType.ON_DEMAND);
        assertThat(tier.limit()).isEmpty();
        assertThat(tier.region()).isEmpty();
    }

    @Test
    void whatIsNeededToPriceATierArrivesBesideIt() {
        MappedTier.Usable mapped =
                (MappedTier.Usable) TierMapping.map(Declarations.tier("/spec/power", "{watts: 72, gramsCo2PerKwh: 0}"));
        assertThat(mapped.declaration().priceSource()).contains("a list");
        assertThat(mapped.declaration().nodeSelector())
                .isEqualTo(mapped.placement().nodeSelector());
        assertThat(mapped.declaration().power()).contains(new Watts(72));
        assertThat(mapped.declaration().carbon()).contains(new CarbonIntensity(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /spec/price/perAcceleratorHour | "-0.5" | spec.price.perAcceleratorHour is "-0.5", which is no amount of dollars: write a decimal number that is not negative, such as "0.80"
            /spec/price/perAcceleratorHour | 0.8 | spec.price.perAcceleratorHour is 0.8: write text
            /spec/price | | spec.price.perAcceleratorHour is missing: write the dollars an accelerator costs per hour, such as "0.80"
            /spec/accelerator | {product: Mystery-9000} | spec.accelerator.memoryGiB is missing: give it, since "Mystery-9000" is not a product known here
            /spec/accelerator/memoryGiB | 0 | spec.accelerator.memoryGiB is 0: write a number above 0 to 1000000
            /spec/accelerator/resource | gpu | spec.accelerator.resource is "gpu", which is no extended resource: write a domain and a name such as nvidia.com/gpu
            /spec/accelerator | | spec.accelerator is missing: give at least its product, such as NVIDIA-L4
            /spec/accelerator | {} | spec.accelerator.product is missing: write the product as the node label has it, such as NVIDIA-L4
            /spec/capacityType | Preemptible | spec.capacityType is "Preemptible", which is not known: write OnDemand, Spot or Reserved
            /spec/acceleratorsPerNode | 0 | spec.acceleratorsPerNode is 0: write a whole number from 1 to 64
            /spec/power | {watts: 0} | spec.power.watts is 0: write a number above 0 to 1000000
            /spec/power | {gramsCo2PerKwh: -1} | spec.power.gramsCo2PerKwh is -1: write a number from 0 to 1000000
            /spec/limit | lots | spec.limit is "lots": write a whole number
            /spec/datasheet | {memoryBandwidthGBps: -3} | spec.datasheet.memoryBandwidthGBps is -3: write a number above 0 to 1000000
            /spec/tolerations | [{tolerationSeconds: forever}] | spec.tolerations[0].tolerationSeconds is "forever": write what Kubernetes allows there in a Toleration
            /spec/nodeSelector | {a: true} | spec.nodeSelector.a is true: write text
            /metadata/name | l4.spot | metadata.name is "l4.spot", which has a dot: write '-' instead of '.', names of Services are made from it
            /metadata/name | l4-spot-in-the-far-north | metadata.name is "l4-spot-in-the-far-north", which has 24 characters: make it at most 20, names of Deployments are made from it
            /spec | | spec is missing: give accelerator and price
            """)
    void whatIsWrongIsRefusedWithWordsThatHelp(String pointer, String yaml, String text) {
        MappedTier mapped = TierMapping.map(Declarations.tier(pointer, yaml == null ? "" : yaml));
        assertThat(mapped).isInstanceOf(MappedTier.Refused.class);
        assertThat(mapped.problems()).extracting(FieldError::text).contains(text);
    }
}
