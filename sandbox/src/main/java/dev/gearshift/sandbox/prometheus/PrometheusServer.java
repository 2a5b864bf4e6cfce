package dev.gearshift.sandbox.prometheus;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Prometheus as a child process on a loopback port, which scrapes targets that come and go. It can be stopped and started
 * again, on the same port and with the same targets, its data kept or lost.
 *
 * <p>Prometheus looks at changes of its targets every five seconds, whatever the scrape interval: a new target has its first sample
 * after at most that and one interval.
 *
 * <p>Not thread-safe.
 */
public final class PrometheusServer implements AutoCloseable {

    /** What a Prometheus that starts again finds. */
    public enum Data {
        /** What it had when it was stopped. */
        KEPT,
        /** Nothing: its disk was lost. */
        LOST
    }

    private static final String PROGRAM = "prometheus";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final PrometheusOptions options;
    private final Path directory;
    private final int port;
    private final TargetsFile file;
    private final Map<URI, PrometheusTarget> targets = new LinkedHashMap<>();
    private Path data;
    private int lives;
    private @Nullable ChildProcess process;

    private PrometheusServer(PrometheusOptions options, Path directory, int port) throws IOException {
        this.options = options;
        this.directory = directory;
        this.port = port;
        this.file = new TargetsFile(directory.resolve("targets.json"));
        this.data = options.data().orElse(directory.resolve("data"));
        file.write(List.of());
        Files.writeString(directory.resolve("prometheus.yml"), configuration());
    }

    /** The program, where it is on the PATH. */
    public static Optional<Path> find() {
        return find(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    static Optional<Path> find(String path) {
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate))
                .findFirst();
    }

    /**
     * Starts one without targets on a free port and waits until it is ready.
     *
     * @throws IllegalStateException when it ends or is not ready in time; with the last lines it wrote
     * @throws UncheckedIOException when it cannot be run
     */
    public static PrometheusServer start(PrometheusOptions options) {
        PrometheusServer server;
        try {
            server = new PrometheusServer(options, Files.createTempDirectory("prometheus-"), freePort());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare a Prometheus", e);
        }
        try {
            server.launch();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Where its API is; the same for its whole life. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Whether it runs. */
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Scrapes a target from now on, in place of one at the same URL. */
    public void add(PrometheusTarget target) {
        targets.put(target.metrics(), target);
        file.write(targets.values());
    }

    /** Scrapes what is at this URL no longer. */
    public void remove(URI metrics) {
        if (targets.remove(metrics) != null) {
            file.write(targets.values());
        }
    }

    /** Scrapes these targets and no others. */
    public void replaceTargets(List<PrometheusTarget> all) {
        targets.clear();
        all.forEach(target -> targets.put(target.metrics(), target));
        file.write(targets.values());
    }

    /** Stops it; its port refuses connections until it starts again. Does nothing when it is stopped. */
    public void stop() {
        ChildProcess running = process;
        if (running != null) {
            running.end();
            process = null;
        }
    }

    /**
     * Starts it again on its port and waits until it is ready.
     *
     * @param state what it finds; a data directory that was given in the options is left as it is when the data is lost
     * @throws IllegalStateException when it runs already, ends or is not ready in time
     */
    public void startAgain(Data state) {
        if (isRunning()) {
            throw new IllegalStateException("Prometheus runs already");
        }
        stop();
        if (state == Data.LOST) {
            data = directory.resolve("data-" + (lives + 1));
        }
        launch();
    }

    /** Ends it and deletes everything of its own. */
    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }

    private void launch() {
        lives++;
        List<String> command = new ArrayList<>(List.of(
                options.binary().toString(),
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + data,
                // Blocks prepared for a benchmark may be of any age.
                "--storage.tsdb.retention.time=50y",
                "--web.listen-address=127.0.0.1:" + port));
        command.addAll(options.arguments());
        ChildProcess started = ChildProcess.start(command, directory.resolve("output-" + lives + ".txt"));
        process = started;
        if (!becomesReady(started)) {
            String why = started.isAlive() ? " is not ready after " + options.startTimeout() : " has ended";
            stop();
            throw new IllegalStateException("Prometheus" + why + "; it wrote last:\n" + started.lastLines());
        }
    }

    private boolean becomesReady(ChildProcess started) {
        long deadline = System.nanoTime() + options.startTimeout().toNanos();
        try {
            while (System.nanoTime() < deadline) {
                if (isReady() && started.isAlive()) {
                    return true;
                }
                if (started.endsWithin(BETWEEN_LOOKS)) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private boolean isReady() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url().resolve("/-/ready"))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String configuration() {
        long millis = options.scrapeInterval().toMillis();
        return """
                global:
                  scrape_interval: %dms
                  scrape_timeout: %dms
                scrape_configs:
                  - job_name: engines
                    file_sd_configs:
                      - files: ['%s']
                        refresh_interval: 1s
                """.formatted(
                millis, millis, directory.resolve("targets.json").toString().replace("'", "''"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
