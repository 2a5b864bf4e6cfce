package dev.gearshift.metrics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Tokens;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VllmDialectTest {

    private final DialectReading reading = VllmDialect.DIALECT.read(Optional.of("m"));

    /** Takes a line whose labels are given as name, value, name, value… */
    private void line(String name, double value, String... labels) {
        TreeMap<String, String> map = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        reading.accept(new Series(name, map, value));
    }

    private void histogram(String family, double... cumulative) {
        String[] bounds = {"0.5", "1.0", "+Inf"};
        for (int i = 0; i < bounds.length; i++) {
            line(family + "_bucket", cumulative[i], "model_name", "m", "engine", "0", "le", bounds[i]);
        }
        line(family + "_sum", cumulative[2] * .6, "model_name", "m", "engine", "0");
        line(family + "_count", cumulative[2], "model_name", "m", "engine", "0");
    }

    private String timePerOutputToken() {
        return reading.sample().histogram(Distribution.TIME_PER_OUTPUT_TOKEN).firstKey();
    }

    @Test
    void ranksOfOnePodAddUp() {
        line("vllm:num_requests_running", 3, "model_name", "m", "engine", "0");
        line("vllm:num_requests_running", 4, "model_name", "m", "engine", "1");
        line("vllm:cache_config_info", 1, "engine", "0", "block_size", "16", "num_gpu_blocks", "100");
        line("vllm:cache_config_info", 1, "engine", "1", "block_size", "16", "num_gpu_blocks", "50");
        assertThat(reading.sample().running()).hasValue(7);
        assertThat(reading.sample().kvCapacity()).contains(new Tokens(2400));
    }

    @Test
    void aRouterOnTheSamePageAndOtherModelsAreNotOurs() {
        line("vllm:num_requests_waiting", 2, "model_name", "m", "engine", "0");
        line("vllm:num_requests_waiting", 50, "server", "http://other:8000");
        line("vllm:num_requests_waiting", 60, "model_name", "another", "engine", "0");
        assertThat(reading.sample().waiting()).hasValue(2);
    }

    @Test
    void theFirstOfTwoLinesWithTheSameLabelsCounts() {
        line("vllm:num_requests_running", 3, "model_name", "m", "engine", "0");
        line("vllm:num_requests_running", 900, "engine", "0", "model_name", "m");
        assertThat(reading.sample().running()).hasValue(3);
    }

    @Test
    void whatIsNotShownOrCannotBeIsAbsentNotZero() {
        for (double absurd : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY, 1e300}) {
            line("vllm:num_requests_running", absurd, "model_name", "m");
            line("vllm:prompt_tokens_total", absurd, "model_name", "m");
        }
        line("vllm:cache_config_info", 1, "engine", "0", "block_size", "16", "num_gpu_blocks", "None");
        EngineSample sample = reading.sample();
        assertThat(sample.running()).isEmpty();
        assertThat(sample.counter(Counter.PROMPT_TOKENS)).isEmpty();
        assertThat(sample.kvCapacity()).isEmpty();
        assertThat(sample.kvUsage()).isEmpty();
        assertThat(sample.showsLoad()).isFalse();
    }

    @Test
    void requestsGivenUpAreNotCompleted() {
        String[] reasons = {"stop", "length", "repetition", "abort", "error"};
        for (int i = 0; i < reasons.length; i++) {
            line("vllm:request_success_total", 1 << i, "model_name", "m", "finished_reason", reasons[i]);
        }
        assertThat(reading.sample().counter(Counter.COMPLETED).values()).containsExactlyInAnyOrder(1.0, 2.0, 4.0);
        assertThat(reading.sample().counter(Counter.ABORTED).values()).containsExactlyInAnyOrder(8.0, 16.0);
    }

    @Test
    void aClientThatGoesAwayIsNoFailureOfTheEngine() {
        line("vllm:request_success_total", 8, "model_name", "m", "finished_reason", "abort");
        assertThat(reading.sample().counter(Counter.FAILED)).isEmpty();
        line("vllm:request_success_total", 16, "model_name", "m", "finished_reason", "error");
        assertThat(reading.sample().counter(Counter.FAILED).values()).containsExactly(16.0);
    }

    @Test
    void theNewNameOfAMetricIsPreferredToTheOld() {
        line("vllm:gpu_cache_usage_perc", .9, "model_name", "m");
        assertThat(reading.sample().kvUsage().orElseThrow().value()).isEqualTo(.9);
        line("vllm:kv_cache_usage_perc", .3, "model_name", "m");
        assertThat(reading.sample().kvUsage().orElseThrow().value()).isEqualTo(.3);
    }

    @Test
    void timePerOutputTokenIsTheRequestsOwnAndElseTheBestThereIs() {
        histogram("vllm:time_per_output_token_seconds", 1, 2, 3);
        assertThat(timePerOutputToken()).startsWith("vllm:time_per_output_token_seconds ");
        histogram("vllm:inter_token_latency_seconds", 4, 5, 6);
        assertThat(timePerOutputToken()).startsWith("vllm:inter_token_latency_seconds ");
        histogram("vllm:request_time_per_output_token_seconds", 7, 8, 10);
        EngineSample sample = reading.sample();
        assertThat(timePerOutputToken()).startsWith("vllm:request_time_per_output_token_seconds ");
        assertThat(sample.histogram(Distribution.TIME_PER_OUTPUT_TOKEN).values())
                .singleElement()
                .satisfies(of -> {
                    assertThat(of.upperBound(0)).isEqualTo(.5);
                    assertThat(of.inBucket(2)).isEqualTo(2);
                    assertThat(of.count()).isEqualTo(10);
                });
    }

    @Test
    void aHistogramThatIsNotWholeIsNotUsed() {
        histogram("vllm:time_to_first_token_seconds", 5, 4, 6);
        line("vllm:e2e_request_latency_seconds_bucket", 3, "model_name", "m", "le", "+Inf");
        assertThat(reading.sample().histogram(Distribution.TIME_TO_FIRST_TOKEN)).isEmpty();
        assertThat(reading.sample().histogram(Distribution.END_TO_END)).isEmpty();
    }
}
