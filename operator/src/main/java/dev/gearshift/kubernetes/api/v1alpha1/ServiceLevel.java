package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What is promised. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceLevel(
        @JsonPropertyDescription("Targets for how fast requests are served.") @Nullable
        Latency latency,

        @JsonPropertyDescription("Limits on what the model may cost.") @Nullable
        Cost cost,

        @JsonPropertyDescription(
                "What gives way when both cannot be had. Latency: cost limits are alarms. Cost: cost limits are caps. Default:"
                        + " Latency.")
        @Default("Latency")
        @OneOf({"Latency", "Cost"})
        @Nullable
        String precedence) {

    /** Targets for latency. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Latency(
            @JsonPropertyDescription("From the arrival of a request to its first token (TTFT).") @Nullable
            Target timeToFirstToken,

            @JsonPropertyDescription("Mean time between the tokens of a request after its first (TPOT).") @Nullable
            Target timePerOutputToken,

            @JsonPropertyDescription("From the arrival of a request to its last token.") @Nullable
            Target endToEnd,

            @JsonPropertyDescription(
                    "Over how long the requests that may miss a target are counted (its error budget), from 1h to 720h (30 days)."
                            + " Default: 24h.")
            @Default("24h")
            @Pattern(GearshiftApi.DURATION)
            @Size(max = 32)
            @Nullable
            String window) {}

    /** One target. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(
            @JsonPropertyDescription(
                    "The longest acceptable time, such as 500ms or 2.5s. Verdicts are sharpest when it is a bucket edge of the"
                            + " engine's histogram.")
            @Required
            @Pattern(GearshiftApi.DURATION)
            @Size(max = 32)
            @ValidationRule(
                    value = "self.matches('[1-9]')",
                    message =
                            "a latency target must be longer than zero, such as 500ms; leave the target out when there is"
                                    + " none")
            @Nullable
            String target,

            @JsonPropertyDescription(
                    "At least this percentage of the requests that arrive must meet the target, 50 to 99.99. Default: 95.")
            @Default("95")
            @Min(50)
            @Max(99.99)
            @Nullable
            Double percentile) {}

    /** Limits on cost. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Cost(
            @JsonPropertyDescription(
                    "The most the replicas may cost in US dollars per hour, as decimal text such as \"12.50\".")
            @Pattern(GearshiftApi.MONEY)
            @Size(max = 20)
            @ValidationRule(
                    value = "self.matches('[1-9]')",
                    message =
                            "maxPerHour must be more than zero, such as \"12.50\"; leave it out when there is no limit")
            @Nullable
            String maxPerHour) {}
}
