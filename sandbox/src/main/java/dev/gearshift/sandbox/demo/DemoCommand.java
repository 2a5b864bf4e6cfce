package dev.gearshift.sandbox.demo;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.gearshift.kubernetes.mapping.DurationText;
import dev.gearshift.sandbox.prometheus.PrometheusServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gearshift demo}: plays traffic on the embedded cluster while the operator holds its targets. */
@Command(
        name = "demo",
        description = {
            "Starts a GPU cluster inside this process, applies manifests to it, and plays traffic while the real operator holds"
                    + " the latency targets at the least cost.",
            "By default an hour of chat traffic with a morning rise, a burst, a spot interruption and a stock-out passes in half"
                    + " a minute.",
            "With --prometheus five minutes pass in real time, and the operator has its metrics from a real Prometheus."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final double WATCHABLE = 120;
    private static final int LEAST_COLUMNS = 80;
    private static final int MOST_COLUMNS = 140;
    private static final int STOPPED = 1;
    private static final int FAILED = 1;
    private static final Duration LEAST = Duration.ofMinutes(5);

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description =
                    "How long traffic lasts, such as 30m. Default: 1h, or a trace's length; 5m with --prometheus.")
    private @Nullable String duration;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "Virtual seconds a second; 0 for as fast as possible. Default: 120 on a terminal, else 0.")
    private @Nullable Double speed;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "What all chance follows from. Default: 1.")
    private long seed;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description =
                    "Plays these requests instead: CSV with TIMESTAMP, ContextTokens, GeneratedTokens, as Azure's traces.")
    private @Nullable Path trace;

    @Option(
            names = "--scale",
            paramLabel = "N",
            defaultValue = "1",
            description = "Multiplies the rate of requests. Default: 1.")
    private double scale;

    @Option(
            names = "--manifests",
            paramLabel = "DIR",
            description = "The manifests to apply. Default: examples/quickstart of the clone.")
    private @Nullable Path manifests;

    @Option(
            names = "--prometheus",
            description = "Plays in real time, with the prometheus on PATH between the engines and the operator.")
    private boolean prometheus;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the report and every decision there.")
    private @Nullable Path json;

    @Option(names = "--plain", description = "Plain lines even on a terminal.")
    private boolean plain;

    @Override
    public Integer call() {
        DemoOptions options;
        try {
            options = options();
        } catch (DemoFailure e) {
            return failed(e);
        }
        quieten();
        boolean terminal = isTerminal();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch over = new CountDownLatch(1);
        Thread onInterrupt = new Thread(() -> {
            stop.set(true);
            awaitEnd(over);
            Runtime.getRuntime().halt(STOPPED);
        });
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            int code = play(options, terminal, out, stop);
            out.flush();
            return code;
        } catch (DemoFailure e) {
            return failed(e);
        } finally {
            over.countDown();
            if (!stop.get()) {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            }
        }
    }

    private static int failed(DemoFailure failure) {
        System.err.println("gearshift demo: " + failure.getMessage());
        return FAILED;
    }

    private int play(DemoOptions options, boolean terminal, PrintStream out, AtomicBoolean stop) {
        Optional<DemoReport> report;
        try (DemoView view = terminal ? new LiveView(out, columns()) : new PlainView(out, told())) {
            report = new Demo(options, view, stop::get).play();
        }
        if (report.isEmpty()) {
            System.err.println("gearshift demo: stopped before its end");
            return STOPPED;
        }
        DemoSummary.of(report.get()).forEach(out::println);
        if (json != null) {
            write(report.get(), json);
        }
        return 0;
    }

    /** What happens is shown by the view: of the log only what went wrong is left. */
    private static void quieten() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.ERROR);
            root.getLoggerContext().getLoggerList().stream()
                    .filter(logger -> !logger.equals(root))
                    .forEach(logger -> logger.setLevel(null));
        }
    }

    private boolean isTerminal() {
        return !plain && Boolean.getBoolean("gearshift.terminal");
    }

    private static int columns() {
        return Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, Integer.getInteger("gearshift.columns", LEAST_COLUMNS)));
    }

    private static void awaitEnd(CountDownLatch over) {
        try {
            over.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DemoOptions options() {
        Optional<Duration> length = Optional.ofNullable(duration).map(this::parsed);
        if (!(scale > 0) || scale > 1000) {
            throw refused("--scale must be above 0 and at most 1000, but is " + scale);
        }
        if (speed != null && (!(speed >= 0) || Double.isInfinite(speed))) {
            throw refused("--speed must be a number of virtual seconds a second, or 0, but is " + speed);
        }
        Path parent = json == null ? null : json.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw refused("--json is " + json + ", but there is no folder " + parent);
        }
        Optional<Path> program = prometheus ? Optional.of(program()) : Optional.empty();
        double rate = prometheus ? 0 : speed != null ? speed : isTerminal() ? WATCHABLE : 0;
        return new DemoOptions(
                manifests != null
                        ? manifests
                        : Path.of(System.getProperty("gearshift.home", "."), "examples", "quickstart"),
                program.isPresent() ? length.or(() -> Optional.of(LEAST)) : length,
                seed,
                Optional.ofNullable(trace),
                scale,
                rate > 0 ? Optional.of(rate) : Optional.empty(),
                program);
    }

    /** The program of Prometheus, where nothing was asked for that does not go with it. */
    private Path program() {
        if (speed != null) {
            throw refused("--prometheus plays in real time, so there is no --speed: leave one of them out");
        }
        if (trace != null) {
            throw refused("--prometheus plays in real time, and traffic grows for 10 minutes or more before a --trace:"
                    + " leave one of them out");
        }
        return PrometheusServer.find()
                .orElseThrow(() -> new DemoFailure("prometheus is not on PATH; install it (Debian: apt-get install"
                        + " prometheus) or leave --prometheus out"));
    }

    /** How often plain lines say where things stand. */
    private Duration told() {
        return prometheus ? Duration.ofSeconds(30) : Duration.ofMinutes(5);
    }

    private Duration parsed(String text) {
        Duration length = DurationText.parse(text)
                .orElseThrow(
                        () -> refused("--duration is \"" + text + "\", which is no duration: write such as 30m or 1h"));
        if (length.compareTo(LEAST) < 0) {
            throw refused(
                    "--duration is " + text + ": write at least " + LEAST.toMinutes() + "m, in less nothing happens");
        }
        return length;
    }

    private ParameterException refused(String message) {
        if (command == null) {
            throw new IllegalStateException(message);
        }
        return new ParameterException(command.commandLine(), message);
    }

    private static void write(DemoReport report, Path file) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withArrayIndenter(new DefaultIndenter("  ", "\n"))
                .withObjectIndenter(new DefaultIndenter("  ", "\n"));
        ObjectWriter writer = new ObjectMapper().writer(printer);
        try {
            Files.writeString(file, writer.writeValueAsString(report) + "\n");
        } catch (IOException e) {
            throw new DemoFailure(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
