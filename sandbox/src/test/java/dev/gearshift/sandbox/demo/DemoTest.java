package dev.gearshift.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays the demo, as fast as it goes. */
final class DemoTest {

    private static final Path QUICKSTART = Path.of("..", "examples", "quickstart");

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private Optional<DemoReport> play(DemoOptions options, boolean stopped) {
        PrintStream out = new PrintStream(seen, true, StandardCharsets.UTF_8);
        try (DemoView view = new PlainView(out, Duration.ofMinutes(5))) {
            return new Demo(options, view, () -> stopped).play();
        }
    }

    private static DemoOptions options(Path manifests, Duration duration, Optional<Path> trace) {
        return new DemoOptions(manifests, Optional.of(duration), 1, trace, 1, Optional.empty(), Optional.empty());
    }

    @Test
    void anHourOfTheQuickstartMeetsItsTargetsAtAFractionOfTheStaticCost() {
        DemoReport report = play(options(QUICKSTART, Duration.ofHours(1), Optional.empty()), false)
                .orElseThrow();
        assertThat(report.requests()).isGreaterThan(15_000);
        assertThat(report.failedByCause().keySet()).isSubsetOf(Set.of("SPOT_INTERRUPTION"));
        assertThat(report.attainment().timeToFirstToken()).isGreaterThanOrEqualTo(0.95);
        assertThat(report.attainment().timePerOutputToken()).isGreaterThanOrEqualTo(0.95);
        BigDecimal peak = Objects.requireNonNull(report.staticPeakCostUsd());
        assertThat(report.costUsd()).isLessThanOrEqualTo(peak.multiply(new BigDecimal("0.70")));
        assertThat(report.shifts()).isPositive();
        assertThat(report.scaleDowns()).isPositive();
        assertThat(report.decisions())
                .extracting(DemoReport.Entry::reason)
                .contains("FIRST_START", "DEMAND_ROSE", "STOCK_OUT", "DEMAND_FELL");
        assertThat(seen.toString(StandardCharsets.UTF_8))
                .contains("spot interruption announced", "out of stock", "no further l4-spot can be had");
    }

    @Test
    void twoProcessesWriteTheSameReportByteForByte() throws IOException, InterruptedException {
        byte[] one = inItsOwnProcess("one.json");
        byte[] two = inItsOwnProcess("two.json");
        assertThat(one).isEqualTo(two).hasSizeGreaterThan(2_000);
    }

    private byte[] inItsOwnProcess(String name) throws IOException, InterruptedException {
        Path report = folder.resolve(name);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.gearshift.sandbox.Main",
                        "demo",
                        "--plain",
                        "--duration=10m",
                        "--seed=5",
                        "--manifests=" + QUICKSTART,
                        "--json=" + report)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(() -> log(name)).isZero();
        return Files.readAllBytes(report);
    }

    private String log(String name) {
        try {
            return Files.readString(folder.resolve(name + ".log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void aTraceIsPlayedWithALeadInThatIsNotCounted() throws IOException {
        StringBuilder trace = new StringBuilder("TIMESTAMP,ContextTokens,GeneratedTokens\n");
        for (int second = 0; second < 300; second++) {
            trace.append("2023-11-16 18:%02d:%02d.0000000,800,100%n".formatted(second / 60, second % 60));
        }
        Path file = Files.writeString(folder.resolve("trace.csv"), trace);
        DemoReport report = play(options(QUICKSTART, Duration.ofMinutes(5), Optional.of(file)), false)
                .orElseThrow();
        assertThat(report.requests()).isEqualTo(300);
        assertThat(report.failedRequests()).isZero();
        assertThat(report.attainment().timeToFirstToken()).isGreaterThan(0.95);
        assertThat(seen.toString(StandardCharsets.UTF_8)).contains("traffic grows for 12 minutes");
    }

    @Test
    void theAzureChatTraceIsServedWithinItsTargetsForLessThanTheStaticPeak() {
        Path trace = Path.of("..", "..", "shared", "data", "traces", "azure-2023-conv.csv");
        if (!Files.isReadable(trace)) {
            System.out.println("Not found, so it is not played: " + trace.getFileName());
        }
        assumeTrue(Files.isReadable(trace));
        DemoReport report = play(
                        new DemoOptions(
                                QUICKSTART,
                                Optional.empty(),
                                1,
                                Optional.of(trace),
                                1,
                                Optional.empty(),
                                Optional.empty()),
                        false)
                .orElseThrow();
        assertThat(report.requests()).isGreaterThan(19_000);
        assertThat(report.attainment().timeToFirstToken()).isGreaterThanOrEqualTo(0.95);
        assertThat(report.attainment().timePerOutputToken()).isGreaterThanOrEqualTo(0.95);
        assertThat(report.scaleUps()).isGreaterThanOrEqualTo(2);
        assertThat(report.scaleDowns()).isPositive();
        BigDecimal peak = Objects.requireNonNull(report.staticPeakCostUsd());
        assertThat(report.costUsd()).isLessThanOrEqualTo(peak.multiply(new BigDecimal("0.85")));
    }

    @Test
    void itStopsWhenAskedTo() {
        assertThat(play(options(QUICKSTART, Duration.ofHours(1), Optional.empty()), true))
                .isEmpty();
    }

    @Test
    void manifestsThatCannotBeServedAreRefusedInOneLineThatNamesTheField() throws IOException {
        Files.copy(QUICKSTART.resolve("tiers.yaml"), folder.resolve("tiers.yaml"));
        String model = Files.readString(QUICKSTART.resolve("model.yaml")).replace("target: 2.5s", "target: soon");
        Files.writeString(folder.resolve("model.yaml"), model);
        assertThatThrownBy(() -> play(options(folder, Duration.ofHours(1), Optional.empty()), false))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("spec.slo.latency.timeToFirstToken.target")
                .hasMessageContaining("write such as 500ms")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFolderWithoutManifestsIsRefused() {
        assertThatThrownBy(() -> play(options(folder, Duration.ofHours(1), Optional.empty()), false))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("holds no ModelDeployment");
    }

    @Test
    void aTraceThatIsNoneIsRefusedWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("trace.csv"), "TIMESTAMP,ContextTokens\n");
        assertThatThrownBy(() -> play(options(QUICKSTART, Duration.ofHours(1), Optional.of(file)), false))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("line 1: column GeneratedTokens is missing");
    }
}
