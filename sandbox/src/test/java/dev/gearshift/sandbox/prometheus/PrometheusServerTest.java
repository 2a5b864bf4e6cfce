package dev.gearshift.sandbox.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.sandbox.engine.EngineKind;
import dev.gearshift.sandbox.engine.EnginePage;
import dev.gearshift.sandbox.engine.EngineServer;
import dev.gearshift.sandbox.prometheus.PrometheusServer.Data;
import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.EngineTruth;
import dev.gearshift.simulate.SimulatedRequest;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsPrometheus
class PrometheusServerTest {

    private static final EngineTruth TRUTH = new EngineTruth(
            new StepCoefficients(
                    Seconds.ofMillis(20), Seconds.ofMillis(0.1), Seconds.ofMillis(0.2 / 1000), Seconds.ofMillis(0.1)),
            1000,
            new EngineLimits(8, 512));

    private static final Map<EngineKind, String> RUNNING = Map.of(
            EngineKind.VLLM, "vllm:num_requests_running",
            EngineKind.VLLM_OLDER, "vllm:num_requests_running",
            EngineKind.SGLANG, "sglang:num_running_reqs{tp_rank=\"0\"}",
            EngineKind.TGI, "tgi_batch_current_size",
            EngineKind.TENSORRT_LLM, "trtllm_num_requests_running",
            EngineKind.TRITON, "nv_trt_llm_request_metrics{request_type=\"scheduled\"}",
            EngineKind.NIM, "num_requests_running",
            EngineKind.LLAMA_CPP, "llamacpp:requests_processing",
            EngineKind.RAY_SERVE, "ray_vllm_num_requests_running",
            EngineKind.CUSTOM, "inhouse_running");

    @Test
    void scrapesTheEnginesOfEveryKindAndForgetsThemWhenItsDiskIsLost() {
        try (EngineServer engines = EngineServer.start(new ReentrantLock());
                PrometheusServer prometheus = PrometheusServer.start(options())) {
            for (EngineKind kind : EngineKind.values()) {
                serve(engines, kind);
                prometheus.add(target(engines, kind));
            }
            // Two of these names belong to two kinds: the pod's label tells them apart.
            patiently()
                    .untilAsserted(() -> assertThat(Queries.instant(prometheus.url(), "up == 1"))
                            .hasSize(EngineKind.values().length));

            for (EngineKind kind : EngineKind.values()) {
                List<Queries.Answer> answers = running(prometheus, kind);
                assertThat(answers).as(kind.name()).hasSize(1);
                assertThat(answers.get(0).value()).as(kind.name()).isEqualTo(3);
                assertThat(answers.get(0).labels())
                        .containsEntry("namespace", "chat")
                        .containsEntry("pod", pod(kind))
                        .containsEntry("gearshift_dev_model_deployment", "llama")
                        .containsEntry("gearshift_dev_tier", "l4");
            }

            prometheus.remove(engines.metricsOf("chat", pod(EngineKind.TGI)));
            patiently()
                    .untilAsserted(() ->
                            assertThat(running(prometheus, EngineKind.TGI)).isEmpty());

            prometheus.stop();
            assertThat(prometheus.isRunning()).isFalse();
            assertThatThrownBy(() -> Queries.instant(prometheus.url(), "up")).isInstanceOf(UncheckedIOException.class);

            prometheus.startAgain(Data.LOST);
            assertThat(Queries.instant(prometheus.url(), "up")).isEmpty();
            patiently()
                    .untilAsserted(() ->
                            assertThat(running(prometheus, EngineKind.VLLM)).hasSize(1));
            assertThat(Queries.instant(
                            prometheus.url(), "count_over_time(up{pod=\"" + pod(EngineKind.TGI) + "\"}[1h])"))
                    .isEmpty();
        }
    }

    @Test
    void keepsWhatItHadWhenItIsOnlyStopped() {
        try (EngineServer engines = EngineServer.start(new ReentrantLock());
                PrometheusServer prometheus = PrometheusServer.start(options())) {
            serve(engines, EngineKind.VLLM);
            prometheus.replaceTargets(List.of(target(engines, EngineKind.VLLM)));
            patiently()
                    .untilAsserted(() ->
                            assertThat(running(prometheus, EngineKind.VLLM)).hasSize(1));

            prometheus.replaceTargets(List.of());
            prometheus.stop();
            prometheus.startAgain(Data.KEPT);

            assertThat(Queries.instant(prometheus.url(), "max_over_time(vllm:num_requests_running[5m])"))
                    .extracting(Queries.Answer::value)
                    .containsExactly(3.0);
            assertThatThrownBy(() -> prometheus.startAgain(Data.KEPT)).hasMessage("Prometheus runs already");
        }
    }

    @Test
    void readsADataDirectoryThatWasPrepared(@TempDir Path prepared) throws Exception {
        Path promtool = PrometheusServer.find().orElseThrow().resolveSibling("promtool");
        assertThat(promtool).isExecutable();
        Path page = prepared.resolve("page.txt");
        Files.writeString(page, """
                # TYPE demand gauge
                demand{tier="l4"} 7 1700000000
                demand{tier="l4"} 8 1700000060
                # EOF
                """);
        Path data = prepared.resolve("data");
        Process backfill = new ProcessBuilder(
                        promtool.toString(),
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        page.toString(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(prepared.resolve("promtool.txt").toFile())
                .start();
        assertThat(backfill.waitFor()).isZero();

        try (PrometheusServer prometheus = PrometheusServer.start(options().on(data))) {
            assertThat(Queries.instant(prometheus.url(), "demand", 1_700_000_061L))
                    .containsExactly(new Queries.Answer(Map.of("__name__", "demand", "tier", "l4"), 8));
        }
        assertThat(data).isNotEmptyDirectory();
    }

    @Test
    void saysWhyItDoesNotStart() {
        assertThatThrownBy(() -> PrometheusServer.start(options().with("--no-such-flag")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Prometheus has ended")
                .hasMessageContaining("--no-such-flag");
        assertThatThrownBy(() -> PrometheusServer.start(options().within(Duration.ofNanos(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Prometheus is not ready after PT0.000000001S");
    }

    private static PrometheusOptions options() {
        return PrometheusOptions.of(PrometheusServer.find().orElseThrow(), Duration.ofSeconds(1));
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200));
    }

    private static List<Queries.Answer> running(PrometheusServer prometheus, EngineKind kind) {
        String selector = RUNNING.getOrDefault(kind, "");
        String pod = "pod=\"" + pod(kind) + "\"";
        return Queries.instant(
                prometheus.url(),
                selector.endsWith("}") ? selector.replace("}", "," + pod + "}") : selector + "{" + pod + "}");
    }

    private static String pod(EngineKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An engine with three requests under way. */
    private static void serve(EngineServer engines, EngineKind kind) {
        EnginePage page = kind.page("m", 2048);
        EngineSimulator engine = new EngineSimulator(TRUTH, page);
        for (int i = 0; i < 3; i++) {
            engine.submit(new SimulatedRequest(i, Duration.ZERO, 100, 200), Duration.ZERO);
        }
        engine.advanceTo(Duration.ofSeconds(1));
        engines.register("chat", pod(kind), () -> page.render(engine));
    }

    private static PrometheusTarget target(EngineServer engines, EngineKind kind) {
        return PrometheusTarget.ofPod(engines.metricsOf("chat", pod(kind)), "chat", pod(kind), "llama", "l4");
    }
}
