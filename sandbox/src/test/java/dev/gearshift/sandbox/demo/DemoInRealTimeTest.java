package dev.gearshift.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.sandbox.prometheus.NeedsPrometheus;
import dev.gearshift.sandbox.prometheus.PrometheusServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Plays the demo in real time, with a real Prometheus. */
@ResourceLock("prometheus processes")
final class DemoInRealTimeTest {

    private static final Path QUICKSTART = Path.of("..", "examples", "quickstart");
    private static final Duration LENGTH = Duration.ofSeconds(28);
    private static final Duration RATES_OVER = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    /** Keeps what is shown. */
    private static final class Seen implements DemoView {

        final List<DemoFrame> frames = new ArrayList<>();

        @Override
        public void show(DemoFrame frame) {
            frames.add(frame);
        }

        @Override
        public void tell(Instant time, String what) {}

        @Override
        public void close() {}

        DemoFrame last() {
            return frames.get(frames.size() - 1);
        }

        Decision decision() {
            return last().models().get(0).decision().orElseThrow();
        }
    }

    @Test
    @NeedsPrometheus
    void theOperatorSeesInPrometheusWhatClientsSentAndNothingIsLeftBehind() throws IOException {
        DemoOptions options = new DemoOptions(
                withoutSpot(), Optional.of(LENGTH), 1, Optional.empty(), 2, Optional.empty(), PrometheusServer.find());
        Seen seen = new Seen();
        Instant before = Instant.now();

        DemoReport report = new Demo(options, seen, () -> false).play().orElseThrow();

        assertThat(report.requests()).isGreaterThan(80);
        assertThat(report.requests() - report.failedRequests() - report.unfinished())
                .as("served")
                .isGreaterThan(20);
        PrometheusUse use = Objects.requireNonNull(report.prometheus());
        assertThat(use.missing()).isZero();
        assertThat(use.plans()).isGreaterThan(5);
        // Whatever is promised, never more than sixteen.
        assertThat(use.queries()).isBetween(use.plans(), 16 * use.plans());
        assertThat(Duration.between(seen.last().clock(), Instant.now()))
                .as("how far the demo's clock is behind")
                .isBetween(Duration.ZERO, Duration.ofSeconds(10));
        assertThat(Duration.between(before, Instant.now())).isGreaterThan(LENGTH);

        Decision decision = seen.decision();
        assertThat(decision.freshness()).isEqualTo(Freshness.FRESH);
        assertThat(decision.demand().observed().perSecond() / sent(options, seen))
                .as("demand seen by what was sent")
                .isCloseTo(1, within(0.1));
        assertThat(ProcessHandle.current().children().filter(DemoInRealTimeTest::isPrometheus))
                .isEmpty();
    }

    /** Manifests without a spot tier: no engine sees what clients send while the only replica is taken back. */
    private Path withoutSpot() throws IOException {
        Files.copy(QUICKSTART.resolve("tiers.yaml"), folder.resolve("tiers.yaml"));
        String model = Files.readString(QUICKSTART.resolve("model.yaml"));
        Files.writeString(folder.resolve("model.yaml"), model.replace("  - name: l4-spot\n", ""));
        return folder;
    }

    /** Requests that clients sent in the window of the last decision, per second. */
    private static double sent(DemoOptions options, Seen seen) {
        Decision decision = seen.decision();
        Instant begin = seen.last().clock().minus(seen.last().elapsed());
        Duration end = Duration.between(
                begin, decision.time().minus(decision.metricsAge().orElseThrow()));
        long count = DemoTraffic.of(options, DemoScenario.MORNING, 0).requests().stream()
                .filter(request -> request.arrival().compareTo(end.minus(RATES_OVER)) >= 0
                        && request.arrival().compareTo(end) < 0)
                .count();
        assertThat(end).isGreaterThan(RATES_OVER);
        return count / (double) RATES_OVER.toSeconds();
    }

    @Test
    @NeedsPrometheus
    void whoInterruptsItLeavesNeitherProcessNorFilesBehind() throws Exception {
        Process demo = start(System.getenv("PATH"), "demo", "--plain", "--prometheus", "--manifests=" + QUICKSTART);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> told().contains("the first replicas are awaited") && prometheusOf(demo) != null);
        ProcessHandle prometheus = Objects.requireNonNull(prometheusOf(demo));

        demo.destroy();

        assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(1);
        assertThat(told()).contains("stopped before its end").doesNotContain("Exception");
        assertThat(prometheus.isAlive()).isFalse();
        assertThat(temporary()).isEmptyDirectory();
    }

    @Test
    void withoutTheProgramItSaysWhatToInstall() throws Exception {
        Process demo = start(folder.toString(), "demo", "--prometheus", "--manifests=" + QUICKSTART);

        assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(1);
        assertThat(told())
                .isEqualTo(
                        "gearshift demo: prometheus is not on PATH; install it (Debian: apt-get install prometheus) or"
                                + " leave --prometheus out\n");
    }

    private Process start(String path, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary()),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.gearshift.sandbox.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("told.txt").toFile());
        builder.environment().put("PATH", path);
        return builder.start();
    }

    private Path temporary() {
        return folder.resolve("tmp");
    }

    private String told() throws IOException {
        return Files.readString(folder.resolve("told.txt"));
    }

    private static @Nullable ProcessHandle prometheusOf(Process demo) {
        return demo.children()
                .filter(DemoInRealTimeTest::isPrometheus)
                .findFirst()
                .orElse(null);
    }

    private static boolean isPrometheus(ProcessHandle process) {
        return process.info()
                .command()
                .filter(name -> name.endsWith("/prometheus"))
                .isPresent();
    }
}
