package dev.gearshift.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureTraceTest {

    private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens\n";

    @Test
    void aTraceBecomesAWorkload() throws IOException {
        Workload workload = read(HEADER
                        + "2023-11-16 18:15:46.6805900,374,44\n"
                        + "2023-11-16 18:15:50.9951690,396,109\n")
                .workload();

        assertThat(workload.requests())
                .containsExactly(
                        new SimulatedRequest(0, Duration.ZERO, 374, 44),
                        new SimulatedRequest(1, Duration.ofNanos(4_314_579_000L), 396, 109));
        assertThat(workload.duration()).isEqualTo(Duration.ofNanos(4_314_579_000L));
    }

    @Test
    void windowsFilesWithAByteOrderMarkAndNoLastLineEndAreRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trace.csv");
        String text = "\uFEFF" + HEADER + "2023-11-16 18:15:46,374,44\n\n2023-11-16 18:15:47.5,10,2";
        Files.write(file, text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));

        assertThat(AzureTrace.read(file).workload().requests())
                .containsExactly(
                        new SimulatedRequest(0, Duration.ZERO, 374, 44),
                        new SimulatedRequest(1, Duration.ofMillis(1500), 10, 2));
    }

    @Test
    void rowsOutOfOrderAreSortedAndNothingGeneratedCountsAsOneToken() throws IOException {
        Workload workload = read(HEADER + "2024-05-10 00:00:09+00:00,7,0\n2024-05-10 00:00:01+00:00,8,3\n")
                .workload();

        assertThat(workload.requests())
                .containsExactly(
                        new SimulatedRequest(0, Duration.ZERO, 8, 3),
                        new SimulatedRequest(1, Duration.ofSeconds(8), 7, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2023-11-16 18:15:46,x7,4|line 3, column ContextTokens: 'x7' is not a whole number of at least 1",
                "2023-11-16 18:15:46,0,4|line 3, column ContextTokens: '0' is not a whole number of at least 1",
                "2023-11-16 18:15:46,7,-4|line 3, column GeneratedTokens: '-4' is not a whole number of at least 0",
                "2023-11-16 18:15:46,7|line 3, column GeneratedTokens: there is no value",
                "16.11.2023,7,4|line 3, column TIMESTAMP: '16.11.2023' is not a time such as 2023-11-16",
            })
    void aBadLineIsNamed(String line, String message) {
        assertThatThrownBy(() -> read(HEADER + "2023-11-16 18:15:46,1,1\n" + line + "\n"))
                .isInstanceOf(TraceFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aMissingColumnAndAnEmptyTraceAreNamed() {
        assertThatThrownBy(() -> read("time,in,out\n")).hasMessageStartingWith("line 1: column TIMESTAMP is missing");
        assertThatThrownBy(() -> read("")).hasMessageStartingWith("line 1: the trace is empty");
        assertThatThrownBy(() -> read(HEADER)).hasMessage("line 2: the trace has a header but no requests");
    }

    @Test
    void scaleSuperposesCopiesAndThinsTheLast() throws IOException {
        AzureTrace trace = read(rows(2000));
        Workload scaled = trace.workload(2.5, 9, Optional.empty());

        assertThat((double) scaled.requests().size()).isCloseTo(5000, withinPercentage(2));
        assertThat(scaled).isEqualTo(trace.workload(2.5, 9, Optional.empty()));
        assertThat(scaled).isNotEqualTo(trace.workload(2.5, 10, Optional.empty()));
        assertThat(scaled.duration()).isBetween(Duration.ofSeconds(1999), Duration.ofSeconds(2004));
        assertThat((double) trace.workload(0.25, 9, Optional.empty()).requests().size())
                .isCloseTo(500, withinPercentage(10));
        assertThat(scaled.requests()).extracting(SimulatedRequest::id).doesNotHaveDuplicates();
    }

    @Test
    void aCutLeavesOutWhatComesLater() throws IOException {
        Workload cut = read(rows(100)).workload(1, 0, Optional.of(Duration.ofSeconds(10)));

        assertThat(cut.requests()).hasSize(10);
        assertThat(cut.duration()).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> read(rows(1)).workload(0, 0, Optional.empty()))
                .hasMessageContaining("scale must be positive");
    }

    private static String rows(int count) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < count; i++) {
            text.append(String.format("2023-11-16 18:%02d:%02d,100,10%n", i / 60, i % 60));
        }
        return text.toString();
    }

    private static AzureTrace read(String text) throws IOException {
        return AzureTrace.read(new StringReader(text));
    }
}
