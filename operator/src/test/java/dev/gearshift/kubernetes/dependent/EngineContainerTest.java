package dev.gearshift.kubernetes.dependent;

import static dev.gearshift.kubernetes.dependent.Blueprints.engine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineContainerTest {

    private static final String SPLIT = "--tensor-parallel-size=4";

    /** The engine's container | its choice on the tier. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {args: [--tensor-parallel-size=2]} | {acceleratorsPerReplica: 4}
            {args: [--tensor_parallel_size, "2"]} | {acceleratorsPerReplica: 4}
            {args: [-tp, "2"]} | {acceleratorsPerReplica: 4}
            {args: [-tp=2]} | {acceleratorsPerReplica: 4}
            {args: [-dp, "4"]} | {acceleratorsPerReplica: 4}
            {args: [--pipeline-parallel-size=4]} | {acceleratorsPerReplica: 4}
            {command: [vllm, serve, m, -tp, "2"]} | {acceleratorsPerReplica: 4}
            {command: [sh, -c, "vllm serve m -tp 2"]} | {acceleratorsPerReplica: 4}
            {command: [sh, -c], args: ["vllm serve m \\\\\\n  --tensor-parallel-size $N"]} | {acceleratorsPerReplica: 4}
            {} | {acceleratorsPerReplica: 4, args: [-tp, "2"]}
            {args: [--model=m]} | {acceleratorsPerReplica: 1}
            """)
    void aModelTheUserSplitsIsNotSplitOnceMore(String container, String choice) {
        assertThat(engine(container, choice).getArgs()).noneMatch(word -> word.startsWith("--tensor-parallel-size=4"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {args: [--model=tensor-parallel-size]} | {acceleratorsPerReplica: 4}
            {command: [vllm, serve, -x], args: [tp]} | {acceleratorsPerReplica: 4}
            {} | {acceleratorsPerReplica: 4, args: [--max-num-seqs=8]}
            """)
    void aModelNobodySplitsIsSplitOverAllAccelerators(String container, String choice) {
        assertThat(engine(container, choice).getArgs()).endsWith(SPLIT);
    }

    /** The kind of engine | the engine's container | the arguments it has afterwards. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SGLang | {args: [-x]} | -x --tp-size=2 --enable-metrics
            SGLang | {args: [--enable-metrics, --tp, "2"]} | --enable-metrics --tp 2
            SGLang | {command: [sh, -c, "python3 -m sglang.launch_server --enable-metrics --dp-size=2"], args: [x]} | x
            TGI | {args: [-x]} | -x --num-shard=2
            TGI | {args: [--sharded, "true"]} | --sharded true
            TensorRTLLM | {args: [-x]} | -x --tp_size=2
            TensorRTLLM | {args: [--pp_size, "2"]} | --pp_size 2
            Triton | {args: [-x]} | -x
            NIM | {args: [-x]} | -x
            LlamaCpp | {args: [-x]} | -x --metrics
            RayServe | {args: [-x]} | -x
            """)
    void anEngineIsGivenItsOwnFlagsWhereTheUserDoesNotGiveThem(String kind, String container, String args) {
        assertThat(engine(container, "{acceleratorsPerReplica: 2}", "{type: " + kind + "}")
                        .getArgs())
                .containsExactly(args.split(" ", -1));
    }

    @Test
    void anEngineIsAskedWhereItListens() {
        Container triton = engine("{}", "{}", "{type: Triton}");
        assertThat(triton.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/v2/health/ready");
        assertThat(triton.getReadinessProbe().getHttpGet().getPort().getIntVal())
                .isEqualTo(8000);
        assertThat(triton.getLifecycle().getPreStop().getExec().getCommand()).endsWith("http://localhost:8002/metrics");
    }

    @Test
    void argumentsAreTheContainersThenTheTiers() {
        assertThat(engine("{args: [a, b]}", "{args: [b, c], acceleratorsPerReplica: 4}")
                        .getArgs())
                .containsExactly("a", "b", "b", "c", SPLIT);
    }

    @Test
    void aTiersVariableTakesThePlaceOfAllOfItsName() {
        assertThat(engine(
                                "{env: [{name: X, value: x}, {name: A, valueFrom: {fieldRef: {fieldPath: p}}}, {name: B, value: $(A)},"
                                        + " {name: A, value: late}]}",
                                "{env: [{name: A, value: a}, {name: C, value: c}]}")
                        .getEnv())
                .extracting(EnvVar::getName, EnvVar::getValue, EnvVar::getValueFrom)
                .containsExactly(
                        tuple("X", "x", null), tuple("A", "a", null), tuple("B", "$(A)", null), tuple("C", "c", null));
    }

    /** The engine's container | the ports it has afterwards. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | http:8000/TCP
            {ports: [{containerPort: 8000}]} | null:8000/null
            {ports: [{containerPort: 8000, protocol: UDP}]} | null:8000/UDP http:8000/TCP
            {ports: [{name: http, containerPort: 9}]} | http:9/null null:8000/TCP
            {ports: [{name: metrics, containerPort: 9}]} | metrics:9/null http:8000/TCP
            """)
    void theEnginesPortIsDeclaredOnce(String container, String ports) {
        assertThat(engine(container, "{}").getPorts().stream().map(EngineContainerTest::text))
                .containsExactly(ports.split(" ", -1));
    }

    @Test
    void eachProbeIsGivenWhereTheUserHasNone() {
        Probe readiness = engine("{startupProbe: {tcpSocket: {port: 1}}}", "{}").getReadinessProbe();
        assertThat(readiness.getHttpGet().getPath()).isEqualTo("/health");
        assertThat(readiness.getHttpGet().getPort().getIntVal()).isEqualTo(8000);
        assertThat(readiness.getPeriodSeconds()).isEqualTo(5);
        Probe startup = engine("{readinessProbe: {tcpSocket: {port: 1}}}", "{}").getStartupProbe();
        assertThat(startup.getPeriodSeconds() * startup.getFailureThreshold()).isEqualTo(3600);
    }

    @Test
    void theEngineFinishesItsRequestsBeforeItIsToldToStop() {
        Lifecycle lifecycle = engine("{lifecycle: {postStart: {exec: {command: [warm]}}}}", "{}")
                .getLifecycle();
        assertThat(lifecycle.getPreStop().getExec().getCommand())
                .startsWith("sh", "-c")
                .endsWith("http://localhost:8000/metrics");
        assertThat(lifecycle.getPostStart().getExec().getCommand()).containsExactly("warm");
    }

    @Test
    void aHookOfTheUsersIsLeftAlone() {
        LifecycleHandler hook = engine("{lifecycle: {preStop: {httpGet: {path: /drain, port: 1}}}}", "{}")
                .getLifecycle()
                .getPreStop();
        assertThat(hook.getExec()).isNull();
        assertThat(hook.getHttpGet().getPath()).isEqualTo("/drain");
    }

    @Test
    void acceleratorsAreAskedForBesideWhatElseTheEngineNeeds() {
        assertThat(engine("{resources: {requests: {cpu: 4}}}", "{acceleratorsPerReplica: 2}")
                        .getResources()
                        .getRequests())
                .containsEntry("cpu", new Quantity("4"))
                .containsEntry("nvidia.com/gpu", new Quantity("2"))
                .hasSize(2);
        assertThat(engine("{}", "{acceleratorsPerReplica: 2}").getResources().getLimits())
                .containsOnlyKeys("nvidia.com/gpu");
    }

    private static String text(ContainerPort port) {
        return port.getName() + ":" + port.getContainerPort() + "/" + port.getProtocol();
    }
}
