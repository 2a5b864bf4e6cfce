package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is declared of a tier, as it is on the wire: nothing is checked or filled in. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = HardwareTierSpec.Reader.class)
@JsonSerialize(using = HardwareTierSpec.Writer.class)
public record HardwareTierSpec(
        @JsonPropertyDescription("The accelerator of its nodes.") @Required @Nullable
        Accelerator accelerator,

        @JsonPropertyDescription(
                "How many accelerators come with one node, such as 8 for most H100 nodes. The bill comes by the node."
                        + " Default: 1.")
        @Default("1")
        @Min(1)
        @Max(64)
        @Nullable
        Integer acceleratorsPerNode,

        @JsonPropertyDescription("The labels of its nodes; replicas on this tier select them.")
        @Size(max = 32)
        @Nullable
        Map<String, String> nodeSelector,

        @JsonPropertyDescription("What the taints of its nodes make necessary; added to the replicas on this tier.")
        @Size(max = 32)
        @Nullable
        List<Toleration> tolerations,

        @JsonPropertyDescription(
                "How it is bought. OnDemand: by the hour, kept until given back. Spot: cheaper, and may be taken away."
                        + " Reserved: paid for whether it is used or not. Default: OnDemand.")
        @Default("OnDemand")
        @OneOf({"OnDemand", "Spot", "Reserved"})
        @Nullable
        String capacityType,

        @JsonPropertyDescription("What it costs.") @Required @Nullable
        Price price,

        @JsonPropertyDescription(
                "The most accelerators that may be asked for, over all models together. Default: no limit.")
        @Min(0)
        @Max(100_000)
        @Nullable
        Integer limit,

        @JsonPropertyDescription(
                "Where it is, such as us-central1: the value of its nodes' label topology.kubernetes.io/region. Needed by"
                        + " models that name regions.")
        @Size(min = 1, max = 63)
        @Nullable
        String region,

        @JsonPropertyDescription("What it draws, for what is told of power and carbon dioxide.") @Nullable
        Power power,

        @JsonPropertyDescription(
                "What the maker promises of one accelerator. Well-known products are built in; required for others.")
        @Nullable
        Datasheet datasheet,

        @JsonIgnore @Nullable Source source) {

    /** The accelerator. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Accelerator(
            @JsonPropertyDescription("The extended resource a pod asks for. Default: nvidia.com/gpu.")
            @Default("nvidia.com/gpu")
            @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")
            @Size(max = 317)
            @Nullable
            String resource,

            @JsonPropertyDescription(
                    "The product, as the node label nvidia.com/gpu.product says it, such as NVIDIA-L4.")
            @Required
            @Size(min = 1, max = 63)
            @Nullable
            String product,

            @JsonPropertyDescription(
                    "Memory of one accelerator in GiB. Default: that of the well-known product; required for others.")
            @Min(value = 0, inclusive = false)
            @Max(100_000)
            @Nullable
            Double memoryGiB) {}

    /** What it costs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Price(
            @JsonPropertyDescription(
                    "US dollars for one accelerator for one hour, as decimal text such as \"0.80\": the price of a whole node"
                            + " divided by its accelerators.")
            @Required
            @Pattern(GearshiftApi.MONEY)
            @Size(max = 20)
            @Nullable
            String perAcceleratorHour,

            @JsonPropertyDescription("Where the price is from and of when, for people.") @Size(max = 256) @Nullable
            String source) {}

    /** What it draws. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Power(
            @JsonPropertyDescription(
                    "Watts one accelerator draws on average while it serves; used where nobody measures it.")
            @Min(value = 0, inclusive = false)
            @Max(10_000)
            @Nullable
            Double watts,

            @JsonPropertyDescription("Grams of carbon dioxide for each kilowatt-hour of the electricity there.")
            @Min(0)
            @Max(10_000)
            @Nullable
            Double gramsCo2PerKwh) {}

    /** The maker's promises. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Datasheet(
            @JsonPropertyDescription("Memory bandwidth in 10^9 bytes per second.")
            @Required
            @Min(value = 0, inclusive = false)
            @Max(1_000_000)
            @Nullable
            Double memoryBandwidthGBps,

            @JsonPropertyDescription("16-bit tensor throughput without sparsity, in 10^12 operations per second.")
            @Required
            @Min(value = 0, inclusive = false)
            @Max(1_000_000)
            @Nullable
            Double denseTflops) {}

    /** Reads a spec leniently. */
    static final class Reader extends LenientDeserializer<HardwareTierSpec> {

        private static final long serialVersionUID = 1;

        Reader() {
            super(HardwareTierSpec.class, "spec");
        }
    }

    /** Writes a spec as it was found. */
    static final class Writer extends SourceSerializer<HardwareTierSpec> {

        private static final long serialVersionUID = 1;

        Writer() {
            super(HardwareTierSpec.class, HardwareTierSpec::source);
        }
    }
}
