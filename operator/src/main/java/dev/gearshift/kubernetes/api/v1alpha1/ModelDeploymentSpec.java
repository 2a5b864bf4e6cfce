package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.gearshift.core.model.QueryText;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user declares, as it is on the wire: nothing is checked or filled in, and whatever could not be read is null. What
 * the fields mean is in their descriptions, which are also the schema's.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = ModelDeploymentSpec.Reader.class)
@JsonSerialize(using = ModelDeploymentSpec.Writer.class)
@ValidationRule(
        value = "!has(self.slo) || !has(self.slo.latency) || !has(self.slo.latency.timeToFirstToken) ||"
                + " !has(self.engine) || !has(self.engine.type) || has(self.engine.latencyFrom) &&"
                + " self.engine.latencyFrom == 'Gateway' || (self.engine.type == 'Custom' ? has(self.engine.metrics) &&"
                + " has(self.engine.metrics.timeToFirstToken) : !(self.engine.type in ['TGI', 'Triton', 'LlamaCpp']))",
        message = "the engine does not show time to first token: leave slo.latency.timeToFirstToken out, name it in"
                + " engine.metrics for a Custom engine, or write engine.latencyFrom: Gateway when a gateway that exports"
                + " gen_ai_server_time_to_first_token_seconds is in front")
@ValidationRule(
        value = "!has(self.slo) || !has(self.slo.latency) || !has(self.slo.latency.timePerOutputToken) ||"
                + " !has(self.engine) || !has(self.engine.type) || has(self.engine.latencyFrom) &&"
                + " self.engine.latencyFrom == 'Gateway' || (self.engine.type == 'Custom' ? has(self.engine.metrics) &&"
                + " has(self.engine.metrics.timePerOutputToken) : !(self.engine.type in ['Triton', 'LlamaCpp']))",
        message = "the engine does not show time per output token: leave slo.latency.timePerOutputToken out, name it in"
                + " engine.metrics for a Custom engine, or write engine.latencyFrom: Gateway when a gateway that exports"
                + " gen_ai_server_time_per_output_token_seconds is in front")
@ValidationRule(
        value = "!has(self.slo) || !has(self.slo.latency) || !has(self.slo.latency.endToEnd) ||"
                + " !has(self.engine) || !has(self.engine.type) || has(self.engine.latencyFrom) &&"
                + " self.engine.latencyFrom == 'Gateway' || (self.engine.type == 'Custom' ? has(self.engine.metrics) &&"
                + " has(self.engine.metrics.endToEnd) : !(self.engine.type in ['Triton', 'LlamaCpp']))",
        message = "the engine does not show end-to-end latency: leave slo.latency.endToEnd out, name it in"
                + " engine.metrics for a Custom engine, or write engine.latencyFrom: Gateway when a gateway that exports"
                + " gen_ai_server_request_duration_seconds is in front")
public record ModelDeploymentSpec(
        @JsonPropertyDescription("The model that is served.") @Required @Nullable
        Model model,

        @JsonPropertyDescription("The serving engine that runs in the container named 'engine'.")
        @Default("{}")
        @Nullable
        EngineChoice engine,

        @JsonPropertyDescription(
                "The pod of a replica. The container named 'engine' is the server. Accelerator requests, node selector,"
                        + " tolerations, port and probes are added from the tier and the engine where they are absent.")
        @Required
        @Nullable
        PodTemplateSpec template,

        @JsonPropertyDescription("The hardware tiers the model may run on, in no particular order: cost decides.")
        @Required
        @Size(min = 1, max = GearshiftApi.MOST_TIERS)
        @MapList(key = "name")
        @Nullable
        List<TierChoice> tiers,

        @JsonPropertyDescription(
                "What is promised. Without latency targets a replica is taken to carry what its memory and batch allow.")
        @Nullable
        ServiceLevel slo,

        @JsonPropertyDescription("Within which bounds replicas are scaled, and by whom.") @Default("{}") @Nullable
        Scaling scaling,

        @JsonPropertyDescription("Where the model may run.") @Nullable
        Placement placement,

        @JsonPropertyDescription("How requests reach the replicas.") @Default("{}") @Nullable
        Routing routing,

        @JsonPropertyDescription("How replicas are taken out of service.") @Default("{}") @Nullable
        Drain drain,

        @JsonIgnore @Nullable Source source) {

    /** The model. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Model(
            @JsonPropertyDescription(
                    "Its name as the engine serves it, such as meta-llama/Llama-3.1-8B-Instruct. For well-known names"
                            + " the fields below are filled in from a built-in table.")
            @Required
            @Size(min = 1, max = 253)
            @Nullable
            String name,

            @JsonPropertyDescription(
                    "How many parameters it has, in billions, such as \"8.03\". Required unless the name is well known.")
            @Pattern(GearshiftApi.BILLIONS)
            @Size(max = 16)
            @Nullable
            String parameters,

            @JsonPropertyDescription(
                    "How many parameters one token uses, in billions: fewer than all for a mixture of experts. Default:"
                            + " that of the well-known name, else all parameters.")
            @Pattern(GearshiftApi.BILLIONS)
            @Size(max = 16)
            @Nullable
            String activeParameters,

            @JsonPropertyDescription(
                    "The number format the weights are served in: BF16 (any 16-bit format), FP8 (any 8-bit) or INT4 (any"
                            + " 4-bit). Default: that of the well-known name, else BF16.")
            @OneOf({"BF16", "FP8", "INT4"})
            @Nullable
            String precision,

            @JsonPropertyDescription(
                    "Bytes one token takes in the KV cache, all layers together: 2 x layers x KV heads x head size x"
                            + " bytes per value. Default: that of the well-known name, else the worst for a model of its"
                            + " size.")
            @Min(1)
            @Max(1e9)
            @Nullable
            Long kvBytesPerToken) {}

    /** The bounds of scaling. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "!has(self.minReplicas) || !has(self.maxReplicas) || self.minReplicas <= self.maxReplicas",
            message =
                    "minReplicas must not be above maxReplicas: lower minReplicas or raise maxReplicas (20 when it is not"
                            + " written)")
    @ValidationRule(
            value = "!has(self.minReplicas) || self.minReplicas > 0 || has(self.demandAtZero)",
            message =
                    "minReplicas 0 needs somebody who tells of demand while no replica runs: write demandAtZero: {source:"
                            + " Gateway}, {source: EndpointPicker} or {source: Query, query: ...} beside it")
    public record Scaling(
            @JsonPropertyDescription(
                    "Auto carries decisions out, Recommend only shows them in the status, Paused keeps what runs as it is."
                            + " Default: Auto.")
            @Default("Auto")
            @OneOf({"Auto", "Recommend", "Paused"})
            @Nullable
            String mode,

            @JsonPropertyDescription(
                    "The least replicas, over all tiers together; 0 only with demandAtZero and an operator that has a"
                            + " Prometheus. Default: 1.")
            @Default("1")
            @Min(0)
            @Max(10_000)
            @Nullable
            Integer minReplicas,

            @JsonPropertyDescription("The most replicas, over all tiers together. Default: 20.")
            @Default("20")
            @Min(1)
            @Max(10_000)
            @Nullable
            Integer maxReplicas,

            @JsonPropertyDescription(
                    "Pins the total of replicas at the present proportions of tiers; what kubectl scale and a"
                            + " HorizontalPodAutoscaler write. Remove it to let Gearshift choose.")
            @Min(0)
            @Max(10_000)
            @SpecReplicas
            @Nullable
            Integer replicas,

            @JsonPropertyDescription(
                    "A floor under how long fewer replicas must be enough before any is released, such as 5m. Default: 0s,"
                            + " which leaves it to what coming back would cost.")
            @Default("0s")
            @Pattern(GearshiftApi.DURATION)
            @Size(max = 32)
            @Nullable
            String scaleDownStabilization,

            @JsonPropertyDescription(
                    "Who tells what is asked of the model while no replica runs. Required for minReplicas 0.")
            @Nullable
            DemandAtZero demandAtZero,

            @JsonPropertyDescription(
                    "With minReplicas 0: for how long nothing must have been asked before the last replica is released,"
                            + " such as 30m. Default: 15m.")
            @Pattern(GearshiftApi.DURATION)
            @Size(max = 32)
            @Nullable
            String idleAfter) {}

    /** Who tells of demand while no replica runs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "(self.source == 'Query') == has(self.query)",
            message = "give query with source Query, and only with it")
    public record DemandAtZero(
            @JsonPropertyDescription(
                    "Gateway counts requests by the model they name (gen_ai_server_request_duration and the like),"
                            + " EndpointPicker by its own metrics (llm_d_epp_*, inference_objective_*); both by the name in"
                            + " spec.model.name. Query is an expression of yours.")
            @Required
            @OneOf({"Gateway", "EndpointPicker", "Query"})
            @Nullable
            String source,

            @JsonPropertyDescription(
                    "An expression of PromQL that gives the requests per second that are asked of the model, zero when"
                            + " none are; several elements are added up. No comments.")
            @Size(min = 1, max = QueryText.LONGEST)
            @Nullable
            String query) {}

    /** Where it may run. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Placement(
            @JsonPropertyDescription(
                    "The regions the model may run in. A tier of another region, or without one, is not used. Default:"
                            + " any region.")
            @Size(min = 1, max = 32)
            @Nullable
            List<String> regions) {}

    /** How requests reach replicas. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Routing(
            @JsonPropertyDescription("The Service of the model's own name in front of the replicas; it is always made.")
            @Default("{}")
            @Nullable
            Service service,

            @JsonPropertyDescription(
                    "Asks for an HTTPRoute of the Gateway API whose weights follow what the ready replicas of each tier"
                            + " carry. With inferencePool it leads to the pool instead.")
            @Nullable
            HttpRoute httpRoute,

            @JsonPropertyDescription(
                    "Asks for an InferencePool of the Gateway API Inference Extension, whose endpoint picker sends each"
                            + " request to the replica that suits best.")
            @Nullable
            InferencePool inferencePool) {

        /** The front Service. */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record Service(
                @JsonPropertyDescription("The port the Service listens on. Default: 80.")
                @Default("80")
                @Min(1)
                @Max(65535)
                @Nullable
                Integer port) {}

        /** A route from gateways to the replicas. */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record HttpRoute(
                @JsonPropertyDescription("The gateways that should take the route.")
                @Required
                @Size(min = 1, max = 32)
                @Nullable
                List<ParentRef> parentRefs,

                @JsonPropertyDescription(
                        "The names of hosts whose requests are for the model, such as chat.example.com. Default: every"
                                + " host the gateway listens for.")
                @Size(min = 1, max = 16)
                @Nullable
                List<String> hostnames) {}

        /** A gateway. */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record ParentRef(
                @JsonPropertyDescription("Its name.") @Required @Size(min = 1, max = 253) @Nullable
                String name,

                @JsonPropertyDescription("Its namespace. Default: the model's.") @Size(min = 1, max = 63) @Nullable
                String namespace,

                @JsonPropertyDescription("The listener of it. Default: every one that permits the route.")
                @Size(min = 1, max = 253)
                @Nullable
                String sectionName) {}

        /** Replicas behind an endpoint picker. */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record InferencePool(
                @JsonPropertyDescription("The Service of the endpoint picker, in the model's namespace.")
                @Required
                @Nullable
                EndpointPickerRef endpointPickerRef) {}

        /** The Service of an endpoint picker. */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record EndpointPickerRef(
                @JsonPropertyDescription("Its name.") @Required @Size(min = 1, max = 253) @Nullable
                String name,

                @JsonPropertyDescription("Where it listens. Default: port 9002.") @Nullable
                PickerPort port) {}

        /** A port. */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record PickerPort(
                @JsonPropertyDescription("Its number.") @Required @Min(1) @Max(65535) @Nullable
                Integer number) {}
    }

    /** How replicas leave. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Drain(
            @JsonPropertyDescription(
                    "How long a replica that was taken out of service may finish the requests it has. Default: 10m.")
            @Default("10m")
            @Pattern(GearshiftApi.DURATION)
            @Size(max = 32)
            @Nullable
            String gracePeriod) {}

    /** Reads a spec leniently. */
    static final class Reader extends LenientDeserializer<ModelDeploymentSpec> {

        private static final long serialVersionUID = 1;

        Reader() {
            super(ModelDeploymentSpec.class, "spec");
        }
    }

    /** Writes a spec as it was found. */
    static final class Writer extends SourceSerializer<ModelDeploymentSpec> {

        private static final long serialVersionUID = 1;

        Writer() {
            super(ModelDeploymentSpec.class, ModelDeploymentSpec::source);
        }
    }
}
