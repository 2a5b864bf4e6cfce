package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a model does, for people: numbers are text, rounded to what is worth reading. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = ModelDeploymentStatus.Reader.class)
public record ModelDeploymentStatus(
        @JsonPropertyDescription("The generation of the declaration this status is about.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Replicas that exist, over all tiers.") @StatusReplicas @Nullable
        Integer replicas,

        @JsonPropertyDescription("Selects the replicas, as text; part of the scale subresource.")
        @LabelSelector
        @Nullable
        String selector,

        @JsonPropertyDescription("The mix of tiers that is wanted now, such as l4×3 + l4-spot×2.") @Nullable
        String gear,

        @JsonPropertyDescription("Replicas ready of replicas wanted, such as 3/3.") @Nullable
        String ready,

        @JsonPropertyDescription("One entry for each tier in use or declared.") @MapList(key = "name") @Nullable
        List<TierState> tiers,

        @JsonPropertyDescription("One entry for each latency target.") @MapList(key = "objective") @Nullable
        List<LatencyState> latency,

        @JsonPropertyDescription("What the model costs.") @Nullable
        CostState cost,

        @JsonPropertyDescription("The decision in force, and what spoke against the next best ones.") @Nullable
        DecisionState decision,

        @JsonPropertyDescription("What is true of the model, and why.") @MapList(key = "type") @Nullable
        List<Condition> conditions) {

    /** One tier of a model. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TierState(
            @JsonPropertyDescription("The name of the tier.") @Nullable
            String name,

            @JsonPropertyDescription("Replicas that should serve there.") @Nullable
            Integer desired,

            @JsonPropertyDescription("Replicas that serve there.") @Nullable
            Integer ready,

            @JsonPropertyDescription("Replicas on their way.") @Nullable
            Integer starting,

            @JsonPropertyDescription("Replicas that finish their requests before they go.") @Nullable
            Integer draining,

            @JsonPropertyDescription("Replicas whose engine does not run.") @Nullable
            Integer failing,

            @JsonPropertyDescription("What the tier costs, in US dollars per hour.") @Nullable
            String hourlyCost,

            @JsonPropertyDescription("Requests per second one replica carries within the targets, such as 1.25.")
            @Nullable
            String capacityPerReplica,

            @JsonPropertyDescription("From asking for a replica to its first served token, such as 3.5m.") @Nullable
            String leadTime,

            @JsonPropertyDescription("Until when no further replicas are asked for there, because none could be had.")
            @Nullable
            String stockOutUntil) {}

    /** One latency target. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LatencyState(
            @JsonPropertyDescription("TimeToFirstToken, TimePerOutputToken or EndToEnd.") @Nullable
            String objective,

            @JsonPropertyDescription("The longest acceptable time.") @Nullable
            String target,

            @JsonPropertyDescription("The percentage of requests that must meet it.") @Nullable
            Double percentile,

            @JsonPropertyDescription(
                    "What is observed at that percentile, as precisely as the engine's histogram tells: such as ≤ 1s or"
                            + " 0.25s–0.5s.")
            @Nullable
            String observed,

            @JsonPropertyDescription("The percentage of requests that met the target, such as 98.1 % or 97.2 %–98.1 %.")
            @Nullable
            String attainment,

            @JsonPropertyDescription(
                    "How much is left of the requests that may miss the target over spec.slo.latency.window, such as 63 % or"
                            + " 40 %–63 %; below zero when more missed than may. Absent before there were enough requests.")
            @Nullable
            String errorBudgetRemaining) {}

    /** What a model costs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CostState(
            @JsonPropertyDescription("The bill of the gear, in US dollars per hour.") @Nullable
            String perHour,

            @JsonPropertyDescription("US dollars per million tokens at the present rate, input and output together.")
            @Nullable
            String perMillionTokens,

            @JsonPropertyDescription("US dollars per million input tokens at the present rate.") @Nullable
            String perMillionInputTokens,

            @JsonPropertyDescription("US dollars per million output tokens at the present rate.") @Nullable
            String perMillionOutputTokens,

            @JsonPropertyDescription("The limit it is held against, such as $12.50/h.") @Nullable
            String against) {}

    /** A decision. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DecisionState(
            @JsonPropertyDescription("When it was made.") @Nullable
            String time,

            @JsonPropertyDescription("The most telling reason, one word.") @Nullable
            String reason,

            @JsonPropertyDescription("The reason in numbers.") @Nullable
            String message,

            @JsonPropertyDescription("The best gears not chosen, cheapest first.") @Nullable
            List<AlternativeState> alternatives) {}

    /** A gear that was not chosen. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AlternativeState(
            @JsonPropertyDescription("The mix of tiers.") @Nullable
            String gear,

            @JsonPropertyDescription("Its bill, in US dollars per hour.") @Nullable
            String perHour,

            @JsonPropertyDescription("What spoke against it.") @Nullable
            String verdict) {}

    /** Reads a status leniently. */
    static final class Reader extends LenientDeserializer<ModelDeploymentStatus> {

        private static final long serialVersionUID = 1;

        Reader() {
            super(ModelDeploymentStatus.class, "status");
        }
    }
}
