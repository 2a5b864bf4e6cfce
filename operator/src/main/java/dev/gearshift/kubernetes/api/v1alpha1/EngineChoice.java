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

/** The engine a model is served by, as it is on the wire. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.metrics) == (has(self.type) && self.type == 'Custom')",
        message =
                "metrics is for type Custom, and required there: name the engine's metrics, or remove metrics where the"
                        + " type is another, whose metrics are built in")
public record EngineChoice(
        @JsonPropertyDescription(
                "Which engine it is. Its metrics, flags and health check are those this engine is known to have; a"
                        + " Custom one names its metrics below and brings probes of its own. TensorRTLLM is"
                        + " trtllm-serve, Triton is Triton with the TensorRT-LLM backend. Default: VLLM.")
        @Default("VLLM")
        @OneOf({"VLLM", "SGLang", "TGI", "TensorRTLLM", "Triton", "NIM", "LlamaCpp", "RayServe", "Custom"})
        @Nullable
        String type,

        @JsonPropertyDescription(
                "The port it serves HTTP on. Default by type: 30000 for SGLang, 80 for TGI, 8080 for LlamaCpp, 8000"
                        + " for all others.")
        @Min(1)
        @Max(65535)
        @Nullable
        Integer port,

        @JsonPropertyDescription(
                "The port its Prometheus metrics are on. Default by type: 8002 for Triton, 8080 for RayServe, the port"
                        + " it serves on for all others.")
        @Min(1)
        @Max(65535)
        @Nullable
        Integer metricsPort,

        @JsonPropertyDescription(
                "The path its Prometheus metrics are at. Default by type: /prometheus/metrics for TensorRTLLM,"
                        + " /v1/metrics for NIM, /metrics for all others.")
        @Pattern("^/.*$")
        @Size(max = 256)
        @Nullable
        String metricsPath,

        @JsonPropertyDescription(
                "Who measures latency: Engine, or Gateway for one in front of it that exports the gen_ai_server_*"
                        + " metrics. Not every engine measures every latency; a target that nobody measures is"
                        + " refused. Default: Engine.")
        @Default("Engine")
        @OneOf({"Engine", "Gateway"})
        @Nullable
        String latencyFrom,

        @JsonPropertyDescription(
                "What a Custom engine calls its metrics, without labels; all series of a name are added up. Times are"
                        + " in seconds.")
        @Nullable
        MetricNames metrics) {

    /** The names of a custom engine's metrics. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MetricNames(
            @JsonPropertyDescription("The gauge of requests being computed.")
            @Required
            @Pattern(GearshiftApi.METRIC)
            @Size(max = GearshiftApi.METRIC_LENGTH)
            @Nullable
            String running,

            @JsonPropertyDescription("The gauge of requests that wait in the engine's queue.")
            @Required
            @Pattern(GearshiftApi.METRIC)
            @Size(max = GearshiftApi.METRIC_LENGTH)
            @Nullable
            String waiting,

            @JsonPropertyDescription("The counter of requests that ended as they should.")
            @Required
            @Pattern(GearshiftApi.METRIC)
            @Size(max = GearshiftApi.METRIC_LENGTH)
            @Nullable
            String completed,

            @JsonPropertyDescription(
                    "The counter of requests that failed or were given up; must not be counted in completed.")
            @Pattern(GearshiftApi.METRIC)
            @Size(max = GearshiftApi.METRIC_LENGTH)
            @Nullable
            String failed,

            @JsonPropertyDescription("The counter of prompt tokens computed.")
            @Pattern(GearshiftApi.METRIC)
            @Size(max = GearshiftApi.METRIC_LENGTH)
            @Nullable
            String promptTokens,

            @JsonPropertyDescription("The counter of tokens generated.")
            @Pattern(GearshiftApi.METRIC)
            @Size(max = GearshiftApi.METRIC_LENGTH)
            @Nullable
            String generationTokens,

            @JsonPropertyDescription(
                    "The histogram of times to the first token, without _bucket. Required for a target of that name.")
            @Pattern(GearshiftApi.METRIC)
            @Size(max = GearshiftApi.METRIC_LENGTH)
            @Nullable
            String timeToFirstToken,

            @JsonPropertyDescription(
                    "The histogram of times per output token, without _bucket. Required for a target of that name.")
            @Pattern(GearshiftApi.METRIC)
            @Size(max = GearshiftApi.METRIC_LENGTH)
            @Nullable
            String timePerOutputToken,

            @JsonPropertyDescription(
                    "The histogram of times to the last token, without _bucket. Required for a target of that name.")
            @Pattern(GearshiftApi.METRIC)
            @Size(max = GearshiftApi.METRIC_LENGTH)
            @Nullable
            String endToEnd,

            @JsonPropertyDescription(
                    "The histogram of prompt lengths in tokens, without _bucket. Default: lengths are taken to be those of"
                            + " chat.")
            @Pattern(GearshiftApi.METRIC)
            @Size(max = GearshiftApi.METRIC_LENGTH)
            @Nullable
            String promptLength,

            @JsonPropertyDescription(
                    "The histogram of output lengths in tokens, without _bucket. Default: lengths are taken to be those of"
                            + " chat.")
            @Pattern(GearshiftApi.METRIC)
            @Size(max = GearshiftApi.METRIC_LENGTH)
            @Nullable
            String generationLength,

            @JsonPropertyDescription(
                    "The gauge of the size of the KV cache in tokens. Default: worked out from the accelerator's memory.")
            @Pattern(GearshiftApi.METRIC)
            @Size(max = GearshiftApi.METRIC_LENGTH)
            @Nullable
            String kvTokens) {}
}
