package dev.gearshift.sandbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
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

class VllmMetricsTest {

    private static final EngineTruth TRUTH = new EngineTruth(
            new StepCoefficients(
                    Seconds.ofMillis(20), Seconds.ofMillis(0.1), Seconds.ofMillis(0.2 / 1000), Seconds.ofMillis(0.1)),
            100,
            new EngineLimits(8, 512));

    private final VllmMetrics metrics = new VllmMetrics("llama \"8b\"", 2048);
    private final EngineSimulator engine = new EngineSimulator(TRUTH, metrics);

    @Test
    void everyLineParsesAndEveryHistogramIsCumulative() {
        serve(60);
        engine.advanceTo(Duration.ofSeconds(20));
        Exposition text = Exposition.parse(metrics.render(engine));

        assertThat(engine.counters().preemptions()).isPositive();
        List<String> histograms = text.types.keySet().stream()
                .filter(name -> "histogram".equals(text.types.get(name)))
                .toList();
        assertThat(histograms)
                .contains(
                        "vllm:time_to_first_token_seconds",
                        "vllm:request_time_per_output_token_seconds",
                        "vllm:inter_token_latency_seconds",
                        "vllm:e2e_request_latency_seconds",
                        "vllm:request_queue_time_seconds",
                        "vllm:request_prompt_tokens",
                        "vllm:request_generation_tokens",
                        "vllm:iteration_tokens_total");
        for (String histogram : histograms) {
            List<double[]> buckets = text.buckets(histogram);
            for (int i = 1; i < buckets.size(); i++) {
                assertThat(buckets.get(i)[0]).isGreaterThan(buckets.get(i - 1)[0]);
                assertThat(buckets.get(i)[1]).isGreaterThanOrEqualTo(buckets.get(i - 1)[1]);
            }
            double[] last = buckets.get(buckets.size() - 1);
            assertThat(last[0]).isInfinite();
            assertThat(last[1]).as(histogram).isPositive().isEqualTo(text.value(histogram + "_count"));
        }
    }

    @Test
    void countsAgreeWithTheEngine() {
        serve(60);
        engine.advanceTo(Duration.ofSeconds(20));
        Exposition running = Exposition.parse(metrics.render(engine));

        assertThat(running.value("vllm:num_requests_running")).isEqualTo(engine.running());
        assertThat(running.value("vllm:num_requests_waiting")).isPositive().isEqualTo(engine.waiting());
        assertThat(running.value("vllm:kv_cache_usage_perc"))
                .isEqualTo(engine.kvUsage().value());
        double finished = running.value("vllm:request_success_total", "finished_reason=\"stop\"");
        assertThat(finished).isEqualTo(running.value("vllm:e2e_request_latency_seconds_count"));
        assertThat(running.value("vllm:time_to_first_token_seconds_count")).isGreaterThan(finished);

        engine.advanceTo(Duration.ofMinutes(10));
        Exposition done = Exposition.parse(metrics.render(engine));
        assertThat(engine.isIdle()).isTrue();
        double generated = done.value("vllm:generation_tokens_total");
        assertThat(generated).isEqualTo(60 * 100);
        assertThat(done.value("vllm:prompt_tokens_total")).isEqualTo(60 * 300);
        assertThat(done.value("vllm:request_generation_tokens_sum")).isEqualTo(generated);
        assertThat(done.value("vllm:request_prompt_tokens_sum")).isEqualTo(60 * 300);
        assertThat(done.value("vllm:inter_token_latency_seconds_count")).isEqualTo(generated - 60);
        // Gaps between tokens add up to the time between first and last token, preemption or not.
        assertThat(done.value("vllm:inter_token_latency_seconds_sum"))
                .isCloseTo(done.value("vllm:request_decode_time_seconds_sum"), within(1e-6));
        assertThat(done.value("vllm:request_queue_time_seconds_sum")
                        + done.value("vllm:request_prefill_time_seconds_sum"))
                .isCloseTo(done.value("vllm:time_to_first_token_seconds_sum"), within(1e-6));
        assertThat(done.value("vllm:num_preemptions_total"))
                .isEqualTo((double) engine.counters().preemptions());
        assertThat(done.value("vllm:prefix_cache_hits_total")).isZero();
    }

    @Test
    void valuesFallIntoTheBucketsOfVllm() {
        engine.submit(new SimulatedRequest(0, Duration.ZERO, 300, 100), Duration.ZERO);
        engine.advanceTo(Duration.ofMinutes(1));
        Exposition text = Exposition.parse(metrics.render(engine));

        // First token after 20 + 0.1·300 = 50 ms; every later one after 20.2 ms.
        assertThat(text.value("vllm:time_to_first_token_seconds_bucket", "le=\"0.04\""))
                .isZero();
        assertThat(text.value("vllm:time_to_first_token_seconds_bucket", "le=\"0.06\""))
                .isEqualTo(1);
        assertThat(text.value("vllm:request_time_per_output_token_seconds_bucket", "le=\"0.01\""))
                .isZero();
        assertThat(text.value("vllm:request_time_per_output_token_seconds_bucket", "le=\"0.025\""))
                .isEqualTo(1);
        assertThat(text.value("vllm:request_prompt_tokens_bucket", "le=\"500.0\""))
                .isEqualTo(1);
        assertThat(text.buckets("vllm:request_prompt_tokens"))
                .extracting(bucket -> bucket[0])
                .containsExactly(
                        1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, Double.POSITIVE_INFINITY);
        assertThat(metrics.render(engine))
                .contains("vllm:num_requests_running{engine=\"0\",model_name=\"llama \\\"8b\\\"\"} 0.0\n")
                .contains("num_gpu_blocks=\"100\"")
                .contains("block_size=\"16\"");
    }

    @Test
    void aKilledEngineCountsWhatWasCutOff() {
        serve(3);
        engine.advanceTo(Duration.ofMillis(300));
        engine.abortAll(FailureCause.REPLICA_LOST);
        Exposition text = Exposition.parse(metrics.render(engine));

        assertThat(text.value("vllm:request_success_total", "finished_reason=\"abort\""))
                .isEqualTo(3);
        assertThat(text.value("vllm:e2e_request_latency_seconds_count")).isZero();
    }

    private void serve(int requests) {
        for (int i = 0; i < requests; i++) {
            Duration arrival = Duration.ofMillis(100L * i);
            engine.submit(new SimulatedRequest(i, arrival, 300, 100), arrival);
        }
    }
}
