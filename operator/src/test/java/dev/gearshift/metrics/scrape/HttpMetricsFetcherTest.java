package dev.gearshift.metrics.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.metrics.scrape.FetchResult.Cause;
import dev.gearshift.metrics.scrape.FetchResult.Missed;
import dev.gearshift.metrics.scrape.FetchResult.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpMetricsFetcherTest {

    /** For what must be found out by waiting; the other is never kept waiting, however busy the machine. */
    private final HttpMetricsFetcher impatient = new HttpMetricsFetcher(Duration.ofSeconds(1), 100_000);

    private final HttpMetricsFetcher fetcher = new HttpMetricsFetcher(Duration.ofSeconds(30), 100_000);
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger redirected = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    HttpMetricsFetcherTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.setExecutor(threads);
        server.createContext("/good", exchange -> answer(exchange, 200, "a 1\n"));
        server.createContext("/ill", exchange -> answer(exchange, 500, "a 1\n"));
        server.createContext("/huge", exchange -> answer(exchange, 200, "a 1\n".repeat(50_000)));
        server.createContext("/silent", exchange -> await());
        server.createContext("/trickling", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
            await();
        });
        server.createContext("/cut", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("a 1\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().add("Location", "/target");
            answer(exchange, 302, "");
        });
        server.createContext("/target", exchange -> {
            redirected.incrementAndGet();
            answer(exchange, 200, "a 1\n");
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void getsAPage() {
        assertThat(fetch("/good"))
                .isInstanceOfSatisfying(
                        Page.class,
                        page -> assertThat(new String(page.body(), StandardCharsets.UTF_8))
                                .isEqualTo("a 1\n"));
    }

    @Test
    void tellsWhyThereIsNone() {
        assertThat(cause("/ill")).isEqualTo(Cause.BAD_STATUS);
        assertThat(cause("/huge")).isEqualTo(Cause.TOO_LARGE);
        assertThat(cause("/cut")).isEqualTo(Cause.BROKEN);
    }

    @Test
    void doesNotWaitForeverForAnAnswerOrItsEnd() {
        assertThat(((Missed) impatient.fetch(uri("/silent"))).cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(((Missed) impatient.fetch(uri("/trickling"))).cause()).isEqualTo(Cause.TIMED_OUT);
    }

    @Test
    void doesNotFollowWhereAPodSendsIt() {
        assertThat(cause("/elsewhere")).isEqualTo(Cause.BAD_STATUS);
        assertThat(redirected).hasValue(0);
    }

    @Test
    void nobodyListeningIsUnreachable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(cause(URI.create("http://127.0.0.1:" + free + "/metrics"))).isEqualTo(Cause.UNREACHABLE);
    }

    @Test
    void aPodsAddressMayBeOfEitherFamily() {
        Target target = new Target(new ModelKey("n", "m"), new TierName("t"), "p", true);
        assertThat(PodEndpoints.http(any -> Optional.of(new PodEndpoints.Address("10.0.0.7", 8000, "/metrics")))
                        .of(target))
                .contains(URI.create("http://10.0.0.7:8000/metrics"));
        assertThat(PodEndpoints.http(any -> Optional.of(new PodEndpoints.Address("fd00::7", 8000, "/metrics")))
                        .of(target))
                .contains(URI.create("http://[fd00::7]:8000/metrics"));
        assertThat(PodEndpoints.http(any -> Optional.empty()).of(target)).isEmpty();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private FetchResult fetch(String path) {
        return fetcher.fetch(uri(path));
    }

    private Cause cause(String path) {
        return ((Missed) fetch(path)).cause();
    }

    private Cause cause(URI page) {
        return ((Missed) fetcher.fetch(page)).cause();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        } catch (IOException hungUp) {
            exchange.close();
        }
    }
}
