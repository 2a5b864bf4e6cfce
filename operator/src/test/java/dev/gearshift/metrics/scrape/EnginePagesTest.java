package dev.gearshift.metrics.scrape;

import static dev.gearshift.metrics.scrape.EnginePages.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.EngineMetricNames;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.Tokens;
import dev.gearshift.core.predict.TokenMix;
import dev.gearshift.metrics.engine.CustomDialect;
import dev.gearshift.metrics.engine.EngineSample;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.VllmDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads a page of every engine: small ones, and every file {@code <engine>-<version>.prom} in {@code src/test/resources/engines},
 * where the engine is the word of {@code spec.engine.type} in lower case.
 */
class EnginePagesTest {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "engines");

    static Stream<Arguments> pages() throws IOException {
        Stream<Arguments> small = Arrays.stream(ServingEngine.values())
                .filter(engine -> engine != ServingEngine.CUSTOM)
                .map(engine -> Arguments.of("a small page of " + engine, engine, EnginePages.of(engine)));
        return Stream.concat(small, files().stream());
    }

    /** The rows of the folder's README: what each engine shows, as its author meant the page. */
    static Stream<Arguments> meant() throws IOException {
        return Files.readAllLines(DIRECTORY.resolve("README.md")).stream()
                .filter(line -> line.contains(".prom") && !line.contains("custom-"))
                .map(line -> Arguments.of(
                        line.split("\\|", -1)[1].strip(),
                        Arrays.stream(line.split("\\|", -1))
                                .skip(3)
                                .limit(6)
                                .map(String::strip)
                                .toList()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("meant")
    void aPageIsReadAsItsAuthorMeantIt(String file, List<String> figures) throws IOException {
        EngineSample sample = read(engine(file), Files.readString(DIRECTORY.resolve(file)));
        List<OptionalDouble> read = List.of(
                sample.running(),
                sample.waiting(),
                OptionalDouble.of(total(sample, Counter.COMPLETED)),
                OptionalDouble.of(total(sample, Counter.ABORTED)),
                OptionalDouble.of(total(sample, Counter.PROMPT_TOKENS)),
                OptionalDouble.of(total(sample, Counter.GENERATION_TOKENS)));
        for (int i = 0; i < read.size(); i++) {
            if (!figures.get(i).equals("–")) {
                assertThat(read.get(i)).as("figure %d of %s", i + 1, file).hasValue(Double.parseDouble(figures.get(i)));
            }
        }
    }

    private static List<Arguments> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<Path> pages = files.filter(file -> file.toString().endsWith(".prom"))
                    .filter(file -> !file.getFileName().toString().startsWith("custom-"))
                    .sorted()
                    .toList();
            List<Arguments> arguments = new ArrayList<>();
            for (Path page : pages) {
                String name = page.getFileName().toString();
                arguments.add(Arguments.of(name, engine(name), Files.readString(page)));
            }
            return arguments;
        }
    }

    private static ServingEngine engine(String file) {
        String word = file.substring(0, file.indexOf('-'));
        return Arrays.stream(ServingEngine.values())
                .filter(engine ->
                        engine.name().replace("_", "").toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " does not begin with the word of an engine and a dash"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void aPageShowsLoadAndWhatItsEngineMeasures(String name, ServingEngine engine, String page) {
        EngineSample sample = read(engine, page);
        assertThat(sample.showsLoad()).as(name).isTrue();
        assertThat(sample.counter(Counter.GENERATION_TOKENS)).as(name).isNotEmpty();
        for (LatencyObjective objective : engine.measures()) {
            assertThat(sample.histogram(Distribution.valueOf(objective.name())))
                    .as("%s of %s", objective, name)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CUSTOM")
    void everyEngineSaysTheSameInItsOwnWords(ServingEngine engine) {
        EngineSample sample = read(engine, EnginePages.of(engine));
        assertThat(sample.running()).hasValue(2);
        assertThat(sample.waiting()).hasValue(1);
        assertThat(total(sample, Counter.COMPLETED)).isCloseTo(3, within(1e-9));
        assertThat(total(sample, Counter.PROMPT_TOKENS)).isIn(30.0, 40.0);
    }

    private static double total(EngineSample sample, Counter counter) {
        return sample.counter(counter).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    @Test
    void tensorRanksOfSglangShowTheSameAndDataRanksAddUp() {
        String tensor = """
                sglang:num_running_reqs{model_name="m",tp_rank="0",pp_rank="0"} 5
                sglang:num_running_reqs{model_name="m",tp_rank="1",pp_rank="0"} 5
                sglang:num_running_reqs{model_name="m",tp_rank="0",pp_rank="1"} 5
                sglang:max_total_num_tokens{model_name="m",tp_rank="0",pp_rank="0"} 1000
                sglang:max_total_num_tokens{model_name="m",tp_rank="1",pp_rank="0"} 1000
                """;
        EngineSample one = read(ServingEngine.SGLANG, tensor);
        assertThat(one.running()).hasValue(5);
        assertThat(one.kvCapacity()).contains(new Tokens(1000));
        String attention = """
                sglang:num_running_reqs{model_name="m",dp_rank="0",tp_rank="0",pp_rank="0"} 5
                sglang:num_running_reqs{model_name="m",dp_rank="1",tp_rank="1",pp_rank="0"} 7
                sglang:token_usage{model_name="m",dp_rank="0",tp_rank="0",pp_rank="0"} 0.5
                sglang:token_usage{model_name="m",dp_rank="1",tp_rank="1",pp_rank="0"} 0.7
                sglang:max_total_num_tokens{model_name="m",dp_rank="0",tp_rank="0",pp_rank="0"} 1000
                sglang:max_total_num_tokens{model_name="m",dp_rank="1",tp_rank="1",pp_rank="0"} 900
                """;
        EngineSample two = read(ServingEngine.SGLANG, attention);
        assertThat(two.running()).hasValue(12);
        assertThat(two.kvUsage()).contains(new Share(0.6));
        assertThat(two.kvCapacity()).contains(new Tokens(1900));
    }

    @Test
    void theSumOverPrioritiesOfSglangIsNotAddedToThem() {
        String page = """
                sglang:num_queue_reqs{model_name="m",tp_rank="0",priority=""} 5
                sglang:num_queue_reqs{model_name="m",tp_rank="0",priority="1"} 2
                sglang:num_queue_reqs{model_name="m",tp_rank="0",priority="2"} 3
                """;
        assertThat(read(ServingEngine.SGLANG, page).waiting()).hasValue(5);
    }

    @Test
    void tgiTellsTokensInTheSumsOfItsLengths() {
        EngineSample sample = read(ServingEngine.TGI, EnginePages.TGI);
        assertThat(total(sample, Counter.GENERATION_TOKENS)).isEqualTo(30);
        assertThat(total(sample, Counter.ABORTED)).isEqualTo(1);
        assertThat(sample.histogram(Distribution.GENERATION_LENGTH)).hasSize(1);
        assertThat(sample.histogram(Distribution.TIME_TO_FIRST_TOKEN)).isEmpty();
        assertThat(sample.kvUsage()).isEmpty();
    }

    private static List<Arguments> failures() {
        return List.of(
                Arguments.of(ServingEngine.VLLM, "vllm:request_success_total", "finished_reason", "abort", "error"),
                Arguments.of(ServingEngine.NIM, "vllm:request_success_total", "finished_reason", "abort", "error"),
                Arguments.of(ServingEngine.RAY_SERVE, "ray_vllm_request_success", "finished_reason", "abort", "error"),
                Arguments.of(
                        ServingEngine.TENSOR_RT_LLM,
                        "trtllm_request_success_total",
                        "finished_reason",
                        "cancelled",
                        "timeout"),
                Arguments.of(ServingEngine.TGI, "tgi_request_failure", "err", "dropped", "generation"),
                Arguments.of(ServingEngine.TGI, "tgi_request_failure", "err", "validation", "overloaded"),
                Arguments.of(ServingEngine.TRITON, "nv_inference_request_failure", "reason", "CANCELED", "BACKEND"));
    }

    @ParameterizedTest(name = "{0}: {3}, {4}")
    @MethodSource("failures")
    void whatTheClientGaveUpIsToldFromWhatTheEngineFailed(
            ServingEngine engine, String name, String label, String givenUp, String failed) {
        String line = name + "{model=\"tensorrt_llm\"," + label + "=\"%s\"} %d\n";
        EngineSample sample = read(engine, line.formatted(givenUp, 4) + line.formatted(failed, 8));
        assertThat(total(sample, Counter.ABORTED)).isEqualTo(12);
        assertThat(total(sample, Counter.FAILED)).isEqualTo(8);
    }

    @Test
    void whereTheTwoCannotBeToldApartNothingCountsAsFailed() {
        EngineSample sglang = read(ServingEngine.SGLANG, "sglang:num_aborted_requests_total{model_name=\"m\"} 5\n");
        assertThat(total(sglang, Counter.ABORTED)).isEqualTo(5);
        assertThat(sglang.counter(Counter.FAILED)).isEmpty();
        EngineSample triton =
                read(ServingEngine.TRITON, "nv_inference_request_failure{model=\"tensorrt_llm\",version=\"1\"} 5\n");
        assertThat(total(triton, Counter.ABORTED)).isEqualTo(5);
        assertThat(triton.counter(Counter.FAILED)).isEmpty();
    }

    @Test
    void aTgiThatHadNoRequestYetShowsNoLoad() {
        assertThat(read(ServingEngine.TGI, "").showsLoad()).isFalse();
    }

    @Test
    void tritonsModelsAroundTheEngineAreNotCounted() {
        EngineSample sample = read(ServingEngine.TRITON, EnginePages.TRITON);
        assertThat(total(sample, Counter.COMPLETED)).isEqualTo(3);
        assertThat(total(sample, Counter.ABORTED)).isEqualTo(1);
        assertThat(sample.kvUsage()).contains(new Share(0.25));
    }

    @Test
    void aNimThatPassesVllmsPageThroughIsReadToo() {
        EngineSample bare = read(ServingEngine.NIM, EnginePages.NIM);
        EngineSample passed = read(ServingEngine.NIM, EnginePages.VLLM);
        assertThat(passed.running()).isEqualTo(bare.running());
        assertThat(total(passed, Counter.COMPLETED)).isEqualTo(total(bare, Counter.COMPLETED));
        assertThat(passed.kvCapacity()).contains(new Tokens(1600));
        assertThat(bare.kvCapacity()).isEmpty();
    }

    @Test
    void llamaCppsRequestsAreItsTokensByTheLengthOfAChatsAnswers() {
        EngineSample sample = read(ServingEngine.LLAMA_CPP, EnginePages.LLAMA_CPP);
        double tokens = total(sample, Counter.GENERATION_TOKENS);
        assertThat(tokens).isEqualTo(633);
        assertThat(total(sample, Counter.COMPLETED) * TokenMix.CHAT.meanOutput().count())
                .isCloseTo(tokens, within(1e-9));
    }

    @Test
    void rayShowsACounterTwiceAndItCountsOnceWhicheverIsThere() {
        EngineSample both = read(ServingEngine.RAY_SERVE, EnginePages.RAY_SERVE);
        assertThat(total(both, Counter.PROMPT_TOKENS)).isEqualTo(40);
        String page = """
                ray_vllm_request_success{WorkerId="a",finished_reason="stop"} 3
                ray_vllm_request_success{WorkerId="b",finished_reason="length"} 4
                ray_vllm_request_success{WorkerId="b",finished_reason="abort"} 8
                """;
        EngineSample bare = read(ServingEngine.RAY_SERVE, page);
        assertThat(total(bare, Counter.COMPLETED)).isEqualTo(7);
        assertThat(total(bare, Counter.ABORTED)).isEqualTo(8);
    }

    @Test
    void whatTensorRtLlmCountsForEachRequestIsBetterThanWhatItCountsByIteration() {
        EngineSample sample = read(ServingEngine.TENSOR_RT_LLM, EnginePages.TENSOR_RT_LLM);
        assertThat(total(sample, Counter.COMPLETED)).isEqualTo(3);
        String iterations = "trtllm_num_requests_completed_total{model_name=\"undefined\"} 4\n";
        assertThat(total(read(ServingEngine.TENSOR_RT_LLM, iterations), Counter.COMPLETED))
                .isEqualTo(4);
    }

    @Test
    void vllmsOlderNamesAreRead() {
        String page = """
                vllm:gpu_cache_usage_perc{model_name="m"} 0.5
                vllm:time_per_output_token_seconds_bucket{model_name="m",le="+Inf"} 2
                vllm:time_per_output_token_seconds_sum{model_name="m"} 1
                """;
        EngineSample sample = read(VllmDialect.DIALECT, Optional.of("m"), page);
        assertThat(sample.kvUsage()).contains(new Share(0.5));
        assertThat(sample.histogram(Distribution.TIME_PER_OUTPUT_TOKEN)).hasSize(1);
    }

    @Test
    void everySeriesOfACustomNameAddsUpWhateverItsLabels() {
        EngineMetricNames names = new EngineMetricNames(
                "running",
                "waiting",
                "done",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("ttft"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("kv"));
        String page = """
                running{gpu="0"} 1
                running{gpu="1"} 2
                waiting 4
                done{code="200"} 8
                ttft_bucket{le="+Inf"} 8
                ttft_sum 2
                kv 64
                """;
        EngineSample sample = read(CustomDialect.of(names), Optional.of("m"), page);
        assertThat(sample.showsLoad()).isTrue();
        assertThat(sample.running()).hasValue(3);
        assertThat(sample.histogram(Distribution.TIME_TO_FIRST_TOKEN)).hasSize(1);
        assertThat(sample.kvCapacity()).contains(new Tokens(64));
    }
}
