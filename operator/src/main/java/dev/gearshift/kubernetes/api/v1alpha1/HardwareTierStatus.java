package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a tier. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = HardwareTierStatus.Reader.class)
public record HardwareTierStatus(
        @JsonPropertyDescription("The generation of the declaration this status is about.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Accelerators taken by replicas that run on nodes.") @Nullable
        Integer inUse,

        @JsonPropertyDescription("Accelerators asked for, those in use included.") @Nullable
        Integer requested,

        @JsonPropertyDescription("Until when the tier is not asked for more, because none could be had.") @Nullable
        String stockOutUntil,

        @JsonPropertyDescription(
                "US dollars for one accelerator for one hour that plans are made with, such as \"0.41\".")
        @Nullable
        String observedPrice,

        @JsonPropertyDescription("Who says so: what is declared, OpenCost or Karpenter.") @Nullable
        String priceSource,

        @JsonPropertyDescription("Watts one accelerator draws on average, where that is measured.") @Nullable
        Integer observedWatts,

        @JsonPropertyDescription("What is true of the tier, and why.") @MapList(key = "type") @Nullable
        List<Condition> conditions) {

    /** Reads a status leniently. */
    static final class Reader extends LenientDeserializer<HardwareTierStatus> {

        private static final long serialVersionUID = 1;

        Reader() {
            super(HardwareTierStatus.class, "status");
        }
    }
}
