package dev.gearshift.sandbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.EngineTruth;
import dev.gearshift.simulate.FailureCause;
import dev.gearshift.simulate.SimulatedRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnginePagesTest {

    private static final EngineTruth TRUTH = new EngineTruth(
            new StepCoefficients(
                    Seconds.ofMillis(20), Seconds.ofMillis(0.1), Seconds.ofMillis(0.2 / 1000), Seconds.ofMillis(0.1)),
            100,
            new EngineLimits(8, 512));

    /** A page and the engine it listens to: 60 requests of 300 tokens in and 100 out, 20 s under way. */
    private record Busy(EnginePage page, EngineSimulator engine) {

        static Busy of(EnginePage page) {
            EngineSimulator engine = new EngineSimulator(TRUTH, page);
            for (int i = 0; i < 60; i++) {
                Duration arrival = Duration.ofMillis(100L * i);
                engine.submit(new SimulatedRequest(i, arrival, 300, 100), arrival);
            }
            engine.advanceTo(Duration.ofSeconds(20));
            return new Busy(page, engine);
        }

        static Busy of(EngineKind kind) {
            return of(kind.page("m", 2048));
        }

        Exposition read() {
            return Exposition.parse(page.render(engine));
        }

        Exposition readDone() {
            engine.advanceTo(Duration.ofMinutes(10));
            assertThat(engine.isIdle()).isTrue();
            return read();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyPageParsesBeforeDuringAndAfterTheWork(EngineKind kind) {
        EnginePage page = kind.page("m", 2048);
        assertThat(Exposition.parse(page.render(new EngineSimulator(TRUTH, page))).types)
                .isNotEmpty();

        Busy busy = Busy.of(kind);
        Exposition text = busy.read();
        text.types.forEach((family, type) -> {
            if (type.equals("histogram")) {
                List<double[]> buckets = text.buckets(family);
                assertThat(buckets).as(family).isNotEmpty();
                assertThat(buckets.get(buckets.size() - 1)[0]).as(family).isInfinite();
            }
        });
        busy.engine().abortAll(FailureCause.REPLICA_LOST);
        assertThat(busy.read().types).hasSizeGreaterThanOrEqualTo(text.types.size());
    }

    @Test
    void olderVllmHasItsOlderNames() {
        Exposition text = Busy.of(EngineKind.VLLM_OLDER).read();

        assertThat(text.value("vllm:gpu_cache_usage_perc")).isPositive();
        assertThat(text.value("vllm:time_per_output_token_seconds_count")).isPositive();
        assertThat(text.types)
                .doesNotContainKeys(
                        "vllm:kv_cache_usage_perc",
                        "vllm:inter_token_latency_seconds",
                        "vllm:request_time_per_output_token_seconds");
    }

    @Test
    void everyRankOfSglangShowsTheSameRequests() {
        Busy busy = Busy.of(new SglangMetrics("m", 2));
        Exposition text = busy.read();

        for (String rank : List.of("tp_rank=\"0\"", "tp_rank=\"1\"")) {
            assertThat(text.value("sglang:num_running_reqs", rank))
                    .isEqualTo(busy.engine().running());
            assertThat(text.value("sglang:num_queue_reqs", rank))
                    .isPositive()
                    .isEqualTo(busy.engine().waiting());
            assertThat(text.value("sglang:max_total_num_tokens", rank)).isEqualTo(1600);
        }
        Exposition done = busy.readDone();
        assertThat(done.value("sglang:num_requests_total")).isEqualTo(60);
        assertThat(done.value("sglang:generation_tokens_total")).isEqualTo(6000);
        assertThat(done.value("sglang:time_to_first_token_seconds_count", "is_streaming=\"true\""))
                .isEqualTo(60);
        assertThat(done.value("sglang:inter_token_latency_seconds_count")).isEqualTo(60 * 99);
        assertThatThrownBy(() -> new SglangMetrics("m", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sglangCountsTokensWhenARequestHasFinishedAndShowsNothingBefore() {
        EnginePage page = new SglangMetrics("m", 1);
        EngineSimulator engine = new EngineSimulator(TRUTH, page);
        engine.submit(new SimulatedRequest(0, Duration.ZERO, 300, 100), Duration.ZERO);
        engine.advanceTo(Duration.ofSeconds(1));

        Exposition text = Exposition.parse(page.render(engine));
        assertThat(engine.counters().generatedTokens()).isPositive();
        assertThat(text.types)
                .containsKey("sglang:time_to_first_token_seconds")
                .doesNotContainKeys("sglang:generation_tokens_total", "sglang:e2e_request_latency_seconds");
    }

    @Test
    void tgiHasNoLabelsAndCountsPrefillIntoItsTimePerToken() {
        Busy busy = Busy.of(EngineKind.TGI);
        assertThat(busy.page().render(busy.engine()))
                .contains("\ntgi_queue_size " + busy.engine().waiting() + "\n")
                .contains("\ntgi_batch_current_size " + busy.engine().running() + "\n")
                .contains("\ntgi_batch_max_total_tokens 1600\n");

        Exposition done = busy.readDone();
        assertThat(done.value("tgi_request_success")).isEqualTo(60);
        assertThat(done.value("tgi_request_count")).isEqualTo(60);
        assertThat(done.value("tgi_request_generated_tokens_sum")).isEqualTo(6000);
        assertThat(done.value("tgi_request_mean_time_per_token_duration_sum") * 100)
                .isCloseTo(done.value("tgi_request_inference_duration_sum"), within(1e-6));
        assertThat(done.types.keySet()).noneMatch(name -> name.contains("first_token"));
    }

    @Test
    void trtllmServeCallsTheModelUndefinedAndCountsACancelledRequestAmongTheSuccesses() {
        Busy busy = Busy.of(EngineKind.TENSORRT_LLM);
        double stopped = busy.read().value("trtllm_request_success_total", "finished_reason=\"stop\"");
        busy.engine().abortAll(FailureCause.REPLICA_LOST);
        Exposition text = busy.read();

        assertThat(stopped).isPositive().isEqualTo(text.value("trtllm_num_requests_completed_total"));
        assertThat(text.value("trtllm_request_success_total", "finished_reason=\"cancelled\""))
                .isEqualTo(60 - stopped);
        assertThat(text.value("trtllm_time_to_first_token_seconds_count", "model_name=\"undefined\""))
                .isEqualTo(stopped);
        assertThat(text.value("trtllm_generation_tokens_total")).isEqualTo(100 * stopped);
    }

    @Test
    void tritonCountsARequestInEveryModelOfTheEnsemble() {
        Busy busy = Busy.of(new TritonMetrics(true));
        Exposition text = busy.read();
        assertThat(text.value("nv_trt_llm_request_metrics", "request_type=\"waiting\""))
                .isEqualTo(busy.engine().waiting());
        assertThat(text.value("nv_trt_llm_request_metrics", "request_type=\"scheduled\""))
                .isEqualTo(busy.engine().running());
        assertThat(text.value("nv_trt_llm_kv_cache_block_metrics", "\"fraction\""))
                .isEqualTo(busy.engine().kvUsage().value());

        Exposition done = busy.readDone();
        for (String model : List.of("ensemble", "tensorrt_llm")) {
            assertThat(done.value("nv_inference_request_success", "model=\"" + model + "\""))
                    .isEqualTo(60);
        }
        assertThat(done.value("nv_llm_output_token_len_sum")).isEqualTo(6000);
        // 60 requests one after the other in batches: seconds each, so millions of microseconds.
        assertThat(done.value("nv_inference_request_duration_us", "\"tensorrt_llm\""))
                .isGreaterThan(60 * 2e6);
        assertThat(done.value("nv_inference_first_response_histogram_ms_count")).isEqualTo(60);
        assertThat(Busy.of(EngineKind.TRITON).read().types)
                .doesNotContainKey("nv_inference_first_response_histogram_ms");
    }

    @Test
    void nimHasNoPrefix() {
        Exposition done = Busy.of(EngineKind.NIM).readDone();

        assertThat(done.value("num_requests_running", "model_name=\"m\"")).isZero();
        assertThat(done.value("request_success_total")).isEqualTo(60);
        assertThat(done.value("request_finish_total", "finished_reason=\"stop\""))
                .isEqualTo(60);
        assertThat(done.value("generation_tokens_total")).isEqualTo(6000);
        assertThat(done.types.keySet()).noneMatch(name -> name.contains(":"));
    }

    @Test
    void llamaCppHasNeitherLabelsNorLatencyNorRequestCounts() {
        Busy busy = Busy.of(EngineKind.LLAMA_CPP);
        Exposition text = busy.read();

        assertThat(text.value("llamacpp:requests_processing"))
                .isEqualTo(busy.engine().running());
        assertThat(text.value("llamacpp:requests_deferred"))
                .isPositive()
                .isEqualTo(busy.engine().waiting());
        assertThat(busy.page().render(busy.engine())).doesNotContain("{").doesNotContain("histogram");
        assertThat(busy.readDone().value("llamacpp:tokens_predicted_total")).isEqualTo(6000);
    }

    @Test
    void rayExportsACounterTwiceAndOnlyOnceItHasCounted() {
        Busy busy = Busy.of(EngineKind.RAY_SERVE);
        Exposition text = busy.read();

        double total = text.value("ray_vllm_generation_tokens_total", "WorkerId=");
        assertThat(total)
                .isPositive()
                .isEqualTo(text.value("ray_vllm_generation_tokens", "ReplicaId="))
                .isEqualTo((double) busy.engine().counters().generatedTokens());
        assertThat(text.types)
                .containsEntry("ray_vllm_generation_tokens_total", "counter")
                .containsEntry("ray_vllm_generation_tokens", "gauge")
                .doesNotContainKey("ray_vllm_prefix_cache_hits_total");
        assertThat(text.value("ray_vllm_num_requests_running"))
                .isEqualTo(busy.engine().running());
        assertThat(text.value("ray_vllm_request_success_total", "finished_reason="))
                .isPositive();
    }

    @Test
    void aCustomEngineUsesTheNamesItIsGiven() {
        Exposition done = Busy.of(EngineKind.CUSTOM).readDone();

        assertThat(done.value("inhouse_requests_done_total")).isEqualTo(60);
        assertThat(done.value("inhouse_output_tokens_total")).isEqualTo(6000);
        assertThat(done.value("inhouse_per_output_token_seconds_count")).isEqualTo(60);
    }

    @Test
    void numbersAreWrittenAsEachLibraryWritesThem() {
        assertThat(List.of(0.0, 1.0, 0.025, 999999.0, 1000000.0, 1234567.0).stream()
                        .map(NumberStyle.PYTHON::text))
                .containsExactly("0.0", "1.0", "0.025", "999999.0", "1e+06", "1.234567e+06");
        assertThat(List.of(0.0, 1.0, 0.00015, 0.5, 1234567.0).stream().map(NumberStyle.SHORTEST::text))
                .containsExactly("0", "1", "0.00015", "0.5", "1234567");
        assertThat(List.of(0.0, 3.0, 0.5, 123456.0, 1234567.0, 0.00001, 12.3456789).stream()
                        .map(NumberStyle.SIX_DIGITS::text))
                .containsExactly("0", "3", "0.5", "123456", "1.23457e+06", "1e-05", "12.3457");
        assertThat(NumberStyle.SIX_DIGITS.text(Double.NaN)).isEqualTo("NaN");
    }
}
