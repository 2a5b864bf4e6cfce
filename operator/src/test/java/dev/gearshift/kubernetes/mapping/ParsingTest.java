package dev.gearshift.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.Money;
import dev.gearshift.core.model.Precision;
import dev.gearshift.core.model.ReasonKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsingTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "2.5s, PT2.5S",
        "2m, PT2M",
        "1h30m, PT1H30M",
        "0s, PT0S",
        "90s, PT1M30S",
        "0.5ms, PT0.0005S"
    })
    void durationsAreReadAsPeopleWriteThem(String text, Duration expected) {
        assertThat(DurationText.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "ms", "-1s", "5 m", "1d", "1.s", "s5", "99999999999h", "1h 30m", "+1s", "1e3s"})
    void whatIsNoDurationIsNotTakenForOne(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT1M30S, 1m30s", "PT0S, 0s", "PT2.5S, 2s500ms", "PT36H, 36h"})
    void durationsAreWrittenSoThatTheyReadBack(Duration duration, String text) {
        assertThat(DurationText.of(duration)).isEqualTo(text);
        assertThat(DurationText.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @CsvSource({"0.80, 0.80", "0.397, 0.397", "12, 12.00", "0, 0.00", "0.000000001, 0.000000001"})
    void moneyIsExact(String text, String written) {
        assertThat(MoneyText.parse(text)).contains(Money.ofDollars(text));
        assertThat(MoneyText.of(Money.ofDollars(text))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1e3", ".5", "1.", "$1", "12345678", "1,5", "NaN", "0.0000000001"})
    void whatIsNoAmountIsNotTakenForOne(String text) {
        assertThat(MoneyText.parse(text)).isEmpty();
    }

    @Test
    void flagsAreReadInEveryFormAndTheLastCounts() {
        EngineArguments arguments = new EngineArguments(List.of(
                "--max-num-seqs", "64", "--enforce-eager", "--max-num-seqs=32", "--max_num_batched_tokens=512", "--x"));
        assertThat(arguments.positive("--max-num-seqs")).hasValue(32);
        assertThat(arguments.positive("--max-num-batched-tokens")).hasValue(512);
        assertThat(arguments.value("--enforce-eager")).isEmpty();
        assertThat(arguments.value("--x")).isEmpty();
    }

    @Test
    void aShellScriptsFlagsAreReadAndNonsenseIsNot() {
        EngineArguments arguments = new EngineArguments(
                List.of("sh", "-c", "exec vllm serve m --max-num-seqs 16 --max-num-batched-tokens=many"));
        assertThat(arguments.positive("--max-num-seqs")).hasValue(16);
        assertThat(arguments.positive("--max-num-batched-tokens")).isEmpty();
    }

    @Test
    void wordsAreTheEnumsInCamelCase() {
        assertThat(Words.CAPACITY_TYPES.of(CapacityType.ON_DEMAND)).isEqualTo("OnDemand");
        assertThat(Words.REASONS.of(ReasonKind.STOCK_OUT)).isEqualTo("StockOut");
        assertThat(Words.PRECISIONS.parse("FP8")).contains(Precision.FP8);
        assertThat(Words.PRECISIONS.parse("fp8")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "meta-llama/Llama-3.1-8B-Instruct, 8.03, 8.03, BF16, 131072",
        "RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8, 8.03, 8.03, FP8, 131072",
        "meta-llama/Llama-3.3-70B-Instruct, 70.6, 70.6, BF16, 327680",
        "meta-llama/Llama-3.2-1B, 1.24, 1.24, BF16, 32768",
        "Qwen/Qwen2.5-7B-Instruct-AWQ, 7.62, 7.62, INT4, 57344",
        "Qwen/Qwen3-30B-A3B, 30.5, 3.3, BF16, 98304",
        "mistralai/Mixtral-8x7B-Instruct-v0.1, 46.7, 12.9, BF16, 131072",
        "google/gemma-3-27b-it, 27.4, 27.4, BF16, 507904",
        "microsoft/phi-4, 14.7, 14.7, BF16, 204800",
        "microsoft/Phi-4-mini-instruct, 3.84, 3.84, BF16, 131072",
        "openai/gpt-oss-120b, 116.8, 5.1, INT4, 73728",
        "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B, 32.8, 32.8, BF16, 262144"
    })
    void wellKnownModelsAreKnown(String name, double parameters, double active, Precision precision, long kvBytes) {
        assertThat(KnownModels.find(name))
                .contains(new KnownModels.Known(parameters, active, precision, new Bytes(kvBytes)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme/house-7b", "llama", "Qwen/Qwen2.5-70B", "meta-llama/Llama-3.1-80B", ""})
    void othersAreNot(String name) {
        assertThat(KnownModels.find(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"acme/house-7b, 7", "acme/House-13B-chat, 13", "x/y-8x7b, 56", "x/tiny-0.5b-v2, 0.5"})
    void theSizeIsReadFromAName(String name, double billions) {
        assertThat(KnownModels.parametersInName(name)).contains(billions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme/house", "acme/4bit", "acme/a3b", "acme/0b"})
    void aNameWithoutASizeHasNone(String name) {
        assertThat(KnownModels.parametersInName(name)).isEmpty();
    }

    /** Published dense models without shared KV heads: billions of parameters, layers, width. */
    @ParameterizedTest
    @CsvSource({"6.74, 32, 4096", "13.0, 40, 5120", "32.5, 60, 6656", "65.2, 80, 8192"})
    void theWorstKvCacheIsNoLessThanThatOfRealModels(double billions, long layers, long width) {
        long real = 4 * layers * width;
        assertThat(KnownModels.worstKvBytesPerToken(billions).count()).isBetween(real, real * 5 / 4);
    }

    @Test
    void wellKnownAcceleratorsAreKnownHoweverTheyAreSpelt() {
        assertThat(KnownAccelerators.find("NVIDIA-L4"))
                .contains(new KnownAccelerators.Known(Bytes.ofGibibytes(22.5), new Datasheet(300, 121)));
        assertThat(KnownAccelerators.find("nvidia_l4")).isPresent();
        assertThat(KnownAccelerators.find("NVIDIA-A100-SXM4-80GB-MIG-1g.10gb")).isEmpty();
    }
}
