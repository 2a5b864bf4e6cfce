package dev.gearshift.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gearshift.core.model.DeclaredEngine;
import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.LatencySource;
import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineMappingTest {

    private static final String NAMED = "running: r, waiting: w, completed: c";

    /** Names as texts, a target for each latency it measures, and its own probes. */
    private static MappedModel map(String engine, String latency) {
        ObjectNode model = Declarations.with(Declarations.MODEL, "/spec/engine", engine);
        model = Declarations.with(Declarations.WIRE.asYaml(model), "/spec/slo/latency", latency);
        model = Declarations.with(
                Declarations.WIRE.asYaml(model),
                "/spec/template/spec/containers",
                "[{name: engine, image: i, readinessProbe: {tcpSocket: {port: 1}}, startupProbe: {tcpSocket: {port: 1}}}]");
        return ModelMapping.map(Declarations.WIRE.convertValue(model, ModelDeployment.class), Declarations.catalogue());
    }

    private static MappedModel.Usable usable(String engine) {
        MappedModel mapped = map(engine, "{}");
        assertThat(mapped.problems()).isEmpty();
        assertThat(mapped).isInstanceOf(MappedModel.Usable.class);
        return (MappedModel.Usable) mapped;
    }

    private static List<String> problems(MappedModel mapped) {
        assertThat(mapped).isInstanceOf(MappedModel.Refused.class);
        return mapped.problems().stream().map(FieldError::text).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {type: VLLM} | VLLM | 8000 | 8000 | /metrics
            {type: SGLang} | SGLANG | 30000 | 30000 | /metrics
            {type: TGI} | TGI | 80 | 80 | /metrics
            {type: TensorRTLLM} | TENSOR_RT_LLM | 8000 | 8000 | /prometheus/metrics
            {type: Triton} | TRITON | 8000 | 8002 | /metrics
            {type: NIM} | NIM | 8000 | 8000 | /v1/metrics
            {type: LlamaCpp} | LLAMA_CPP | 8080 | 8080 | /metrics
            {type: RayServe} | RAY_SERVE | 8000 | 8080 | /metrics
            {type: Custom, metrics: {running: r, waiting: w, completed: c}} | CUSTOM | 8000 | 8000 | /metrics
            {} | VLLM | 8000 | 8000 | /metrics
            {type: SGLang, port: 9} | SGLANG | 9 | 9 | /metrics
            {type: Triton, port: 9} | TRITON | 9 | 8002 | /metrics
            {type: TGI, metricsPort: 9, metricsPath: /m} | TGI | 80 | 9 | /m
            """)
    void whereAnEngineListensDependsOnWhatItIs(
            String engine, ServingEngine type, int port, int metricsPort, String path) {
        MappedModel.Usable mapped = usable(engine);
        EngineEndpoint endpoint = mapped.blueprint().engine();
        assertThat(endpoint.engine().type()).isEqualTo(type);
        assertThat(endpoint.port()).isEqualTo(port);
        assertThat(endpoint.metricsPort()).isEqualTo(metricsPort);
        assertThat(endpoint.metricsPath()).isEqualTo(path);
        assertThat(mapped.spec().engine()).isEqualTo(endpoint.engine());
    }

    /** The engine | its targets | the problem as a person reads it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {type: TGI} | {timeToFirstToken: {target: 1s}} | spec.slo.latency.timeToFirstToken is not measured: TGI does not show time to first token: leave it out, or write spec.engine.latencyFrom: Gateway when a gateway that exports gen_ai_server_time_to_first_token_seconds is in front
            {type: LlamaCpp} | {timePerOutputToken: {target: 1s}} | spec.slo.latency.timePerOutputToken is not measured: LlamaCpp does not show time per output token: leave it out, or write spec.engine.latencyFrom: Gateway when a gateway that exports gen_ai_server_time_per_output_token_seconds is in front
            {type: Triton, latencyFrom: Engine} | {endToEnd: {target: 1s}} | spec.slo.latency.endToEnd is not measured: Triton does not show end-to-end latency: leave it out, or write spec.engine.latencyFrom: Gateway when a gateway that exports gen_ai_server_request_duration_seconds is in front
            {type: Custom, metrics: {running: r, waiting: w, completed: c, endToEnd: e}} | {endToEnd: {target: 1s}, timeToFirstToken: {target: 1s}} | spec.slo.latency.timeToFirstToken has no metric in spec.engine.metrics.timeToFirstToken: name the histogram there, leave the target out, or write spec.engine.latencyFrom: Gateway when a gateway that exports gen_ai_server_time_to_first_token_seconds is in front
            {type: SGLang, latencyFrom: Proxy} | {} | spec.engine.latencyFrom is "Proxy", which is not known: write Engine or Gateway
            {type: SGLang, metricsPort: 0} | {} | spec.engine.metricsPort is 0: write a whole number from 1 to 65535
            {type: NIM, metricsPath: m} | {} | spec.engine.metricsPath is "m": start it with '/', such as /v1/metrics
            {type: TGI, metrics: {running: r, waiting: w, completed: c}} | {} | spec.engine.metrics names metrics, but those of TGI are built in: remove it, or write spec.engine.type: Custom
            {type: Custom} | {} | spec.engine.metrics is missing: name what the engine calls its metrics, at least running, waiting and completed, or write a spec.engine.type that is built in
            {type: Custom, metrics: {running: r, waiting: w}} | {} | spec.engine.metrics.completed is missing: write the name the engine gives it, such as my_requests_completed
            {type: Custom, metrics: {running: "r{gpu='0'}", waiting: w, completed: c}} | {} | spec.engine.metrics.running is "r{gpu='0'}", which is no name of a metric: write letters, digits, '_' and ':' only, such as my_requests_total, without labels
            {type: Custom, metrics: {running: r, waiting: w, completed: c, endToEnd: e_bucket}} | {} | spec.engine.metrics.endToEnd is "e_bucket", a series of a histogram: write the histogram's own name, without _bucket
            {type: Custom, metrics: {running: 7, waiting: w, completed: c}} | {} | spec.engine.metrics.running is 7: write text
            """)
    void whatCannotBeIsRefusedWithWhatToWriteInstead(String engine, String latency, String problem) {
        assertThat(problems(map(engine, latency))).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {type: TGI, latencyFrom: Gateway}
            {type: LlamaCpp, latencyFrom: Gateway}
            {type: Custom, latencyFrom: Gateway, metrics: {running: r, waiting: w, completed: c}}
            {type: Custom, metrics: {running: r, waiting: w, completed: c, timeToFirstToken: t}}
            {type: SGLang}
            """)
    void aTargetIsAcceptedWhereSomebodyMeasuresIt(String engine) {
        assertThat(map(engine, "{timeToFirstToken: {target: 1s}}")).isInstanceOf(MappedModel.Usable.class);
    }

    @Test
    void whoMeasuresLatencyReachesThePlanner() {
        assertThat(usable("{type: TGI, latencyFrom: Gateway}").spec().engine())
                .isEqualTo(new DeclaredEngine(ServingEngine.TGI, LatencySource.GATEWAY, Optional.empty()));
    }

    @Test
    void aCustomEngineBringsItsOwnProbes() {
        ModelDeployment model =
                Declarations.model("/spec/engine", "{type: Custom, latencyFrom: Gateway, metrics: {" + NAMED + "}}");
        assertThat(problems(ModelMapping.map(model, Declarations.catalogue())))
                .containsExactly(
                        "spec.template.spec.containers[0].readinessProbe is missing: say how it can be told that the engine may"
                                + " be sent requests: nobody knows of a custom one",
                        "spec.template.spec.containers[0].startupProbe is missing: say how it can be told that the engine has"
                                + " started, and give it the time to load its model");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SGLang | [--max-running-requests, "32", --chunked-prefill-size=512] | 32 | 512
            TensorRTLLM | [--max_batch_size, "16", --max_num_tokens, "4096"] | 16 | 4096
            LlamaCpp | [-np, "8"] | 8 | 2048
            LlamaCpp | [--model, m] | 4 | 2048
            VLLM | [--parallel, "8"] | 256 | 2048
            """)
    void whatAnEngineBatchesIsReadFromItsOwnFlags(String type, String args, int sequences, int tokens) {
        ObjectNode model = Declarations.with(Declarations.MODEL, "/spec/engine", "{type: " + type + "}");
        model = Declarations.with(Declarations.WIRE.asYaml(model), "/spec/slo/latency", "{}");
        model = Declarations.with(Declarations.WIRE.asYaml(model), "/spec/tiers", "[{name: l4}]");
        model = Declarations.with(
                Declarations.WIRE.asYaml(model),
                "/spec/template/spec/containers",
                "[{name: engine, image: i, args: " + args + "}]");
        MappedModel mapped = ModelMapping.map(
                Declarations.WIRE.convertValue(model, ModelDeployment.class), Declarations.catalogue());
        assertThat(((MappedModel.Usable) mapped).spec().tiers().get(0).limits())
                .isEqualTo(new EngineLimits(sequences, tokens));
    }

    @Test
    void aDeclarationThatIsRefusedForSomethingElseStillSaysWhatItsEngineIs() {
        ModelDeployment model = Declarations.model("/spec/engine", "{type: SGLang, port: 0}");
        assertThat(EngineMapping.read(model.getSpec().engine()))
                .contains(new EngineEndpoint(
                        new DeclaredEngine(ServingEngine.SGLANG, LatencySource.ENGINE, Optional.empty()),
                        30_000,
                        30_000,
                        "/metrics"));
        assertThat(EngineMapping.read(Declarations.model("/spec/engine/type", "Warp")
                        .getSpec()
                        .engine()))
                .isEmpty();
    }
}
