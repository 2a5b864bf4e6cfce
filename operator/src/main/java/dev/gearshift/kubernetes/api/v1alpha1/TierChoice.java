package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A hardware tier a model may run on, and what is special about the model there. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TierChoice(
        @JsonPropertyDescription("The name of the HardwareTier.")
        @Required
        @Size(min = 1, max = GearshiftApi.TIER_NAME_LENGTH)
        @Pattern(GearshiftApi.TIER)
        @Nullable
        String name,

        @JsonPropertyDescription("How many accelerators one replica takes there, all on one node. Default: 1.")
        @Default("1")
        @Min(1)
        @Max(64)
        @Nullable
        Integer acceleratorsPerReplica,

        @JsonPropertyDescription("Another image for the engine container on this tier. Default: the template's.")
        @Size(min = 1, max = 1024)
        @Nullable
        String image,

        @JsonPropertyDescription("Arguments added after the engine container's own on this tier.")
        @Size(max = 64)
        @Nullable
        List<String> args,

        @JsonPropertyDescription(
                "Environment variables of the engine container on this tier; they replace those of the same name.")
        @Size(max = 64)
        @MapList(key = "name")
        @Nullable
        List<EnvVar> env,

        @JsonPropertyDescription(
                "Measured step times of the engine on this tier. They stand instead of the first guess made from the model"
                        + " and the accelerator's datasheet.")
        @Nullable
        Performance performance,

        @JsonPropertyDescription(
                "Most sequences the engine batches. Default: what the engine's argument --max-num-seqs says, else 256.")
        @Min(1)
        @Max(65536)
        @Nullable
        Integer maxSequences,

        @JsonPropertyDescription(
                "Most tokens the engine computes in one step, decoded and prefilled together. Default: what the engine's"
                        + " argument --max-num-batched-tokens says, else 2048.")
        @Min(1)
        @Max(1_048_576)
        @Nullable
        Integer maxBatchedTokens) {

    /** Step times: t = base + perSequence·sequences + per1kResidentTokens·tokens/1000 + perPrefillToken·prefilled. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Performance(
            @JsonPropertyDescription("Milliseconds of a step that does nothing.")
            @Required
            @Min(value = 0, inclusive = false)
            @Max(60_000)
            @Nullable
            Double stepBaseMillis,

            @JsonPropertyDescription("Milliseconds more for each sequence that decodes in the step.")
            @Required
            @Min(0)
            @Max(60_000)
            @Nullable
            Double stepPerSequenceMillis,

            @JsonPropertyDescription("Milliseconds more for each thousand tokens resident in the KV cache.")
            @Required
            @Min(0)
            @Max(60_000)
            @Nullable
            Double stepPer1kResidentTokensMillis,

            @JsonPropertyDescription("Milliseconds more for each prompt token computed in the step.")
            @Required
            @Min(0)
            @Max(60_000)
            @Nullable
            Double stepPerPrefillTokenMillis) {}
}
