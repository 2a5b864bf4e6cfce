package dev.gearshift.sandbox.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.metrics.Windows;
import dev.gearshift.metrics.engine.Served;
import dev.gearshift.metrics.engine.VllmDialect;
import dev.gearshift.metrics.prometheus.PrometheusMetrics;
import dev.gearshift.metrics.prometheus.TargetLabels;
import dev.gearshift.prometheus.PrometheusApi;
import dev.gearshift.prometheus.PrometheusSettings;
import dev.gearshift.sandbox.prometheus.NeedsPrometheus;
import dev.gearshift.sandbox.prometheus.PrometheusOptions;
import dev.gearshift.sandbox.prometheus.PrometheusServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How queries, bytes and time grow with the fleet, against a real Prometheus on a prepared block; the figures are in
 * {@code docs/benchmarks.md}. The time of assembly is measured apart, with the recorded answers played from memory: what Prometheus
 * itself takes is not the operator's.
 */
@Tag("soak")
@NeedsPrometheus
class FleetSizeSoakTest {

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration WATCHED = Duration.ofMinutes(6);
    private static final int ROUNDS = 7;

    /** Passes queries on and keeps the answers, to play them again without the server. */
    private static final class Recorder implements AutoCloseable {

        private final HttpServer server;
        private final HttpClient client = HttpClient.newHttpClient();
        private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
        private final Map<String, Long> bytes = new ConcurrentHashMap<>();
        private volatile boolean replays;
        private volatile int queries;

        Recorder(URI target) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newFixedThreadPool(8, task -> {
                Thread thread = new Thread(task, "recorder");
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", exchange -> {
                try (exchange) {
                    byte[] question = exchange.getRequestBody().readAllBytes();
                    // The time-out differs from round to round.
                    String key =
                            new String(question, java.nio.charset.StandardCharsets.UTF_8).replaceAll("&timeout=.*", "");
                    byte[] known = answers.get(key);
                    byte[] answer = replays && known != null
                            ? known
                            : ask(target.resolve(exchange.getRequestURI().getPath()), question);
                    answers.put(key, answer);
                    bytes.put(key, (long) answer.length);
                    queries = answers.size();
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                }
            });
            server.start();
        }

        private byte[] ask(URI target, byte[] question) throws IOException {
            try {
                return client.send(
                                HttpRequest.newBuilder(target)
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .body();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        long bytes() {
            return bytes.values().stream().mapToLong(Long::longValue).sum();
        }

        long largest() {
            return bytes.values().stream().mapToLong(Long::longValue).max().orElse(0);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 2000})
    void queriesStayAndBytesGrowWithTheFleet(int models, @TempDir Path dir) throws IOException, InterruptedException {
        Path data = dir.resolve("data");
        // Writing the block takes time in which its samples would grow old: they reach into the future.
        Instant from = Instant.now().minus(WATCHED).plusMillis(100L * models);
        int scrapes = 40;
        long samples = Backfill.write(data, models, from, scrapes, INTERVAL);
        Instant enough = from.plus(WATCHED);
        Duration left = Duration.between(Instant.now(), enough);
        if (!left.isNegative()) {
            Thread.sleep(left.toMillis());
        }
        PrometheusOptions options = PrometheusOptions.of(PrometheusServer.find().orElseThrow(), INTERVAL)
                .on(data);
        try (PrometheusServer prometheus = PrometheusServer.start(options);
                Recorder recorder = new Recorder(prometheus.url())) {
            MetricsSource.Fleet fleet = fleet(models);
            PrometheusSettings usual = PrometheusSettings.at(recorder.url());
            try (PrometheusApi api = new PrometheusApi(usual.within(Duration.ofSeconds(60)))) {
                List<PrometheusApi.Round> rounds = new ArrayList<>();
                PrometheusMetrics metrics = new PrometheusMetrics(
                        api,
                        target -> new Served(VllmDialect.DIALECT, Optional.of(LiveEngines.MODEL)),
                        TargetLabels.DEFAULT,
                        Windows.scrapedEvery(INTERVAL),
                        rounds::add);
                long[] asked = times(3, metrics, fleet);
                check(rounds, metrics.observe(fleet, Instant.now()), models);
                recorder.replays = true;
                long[] assembled = times(ROUNDS, metrics, fleet);
                System.out.printf(
                        Locale.ROOT,
                        "| %,d | %d | %.1f kB | %.1f kB | %.2f s | %.2f s | %,d samples in the block%n",
                        models,
                        recorder.queries,
                        recorder.bytes() / 1e3 / models,
                        recorder.largest() / 1e3,
                        median(asked) / 1e9,
                        median(assembled) / 1e9,
                        samples);
            }
        }
    }

    private static void check(
            List<PrometheusApi.Round> rounds, SortedMap<ModelKey, ModelObservation> seen, int models) {
        assertThat(rounds.get(rounds.size() - 1).missing()).isEmpty();
        assertThat(rounds.get(rounds.size() - 1).answers().size()).isLessThanOrEqualTo(16);
        assertThat(seen).hasSize(models).allSatisfy((model, observation) -> {
            assertThat(observation.freshness()).isEqualTo(Freshness.FRESH);
            assertThat(observation.tiers()).hasSize(3).allSatisfy(tier -> {
                assertThat(tier.timeToFirstToken()).isPresent();
                assertThat(tier.completed().perSecond()).isPositive();
            });
        });
    }

    private static MetricsSource.Fleet fleet(int models) {
        List<MetricsSource.Model> named = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        for (int model = 0; model < models; model++) {
            ModelKey key = new ModelKey("team", "model-" + model);
            named.add(new MetricsSource.Model(key, "served-" + model, false, Optional.empty()));
            for (String tier : Backfill.TIERS) {
                targets.add(new Target(key, new TierName(tier), Backfill.pod(model, tier), true));
            }
        }
        return new MetricsSource.Fleet(named, targets);
    }

    private static long[] times(int rounds, MetricsSource metrics, MetricsSource.Fleet fleet) {
        long[] times = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long began = System.nanoTime();
            metrics.observe(fleet, Instant.now());
            times[i] = System.nanoTime() - began;
        }
        return times;
    }

    private static double median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
