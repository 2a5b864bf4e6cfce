package dev.gearshift.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.telemetry.Management.Ports;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManagementTest {

    private static final Ports ANY = new Ports(0, 0);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicReference<Health> liveness = new AtomicReference<>(Health.good("alive"));
    private final AtomicReference<Health> readiness = new AtomicReference<>(Health.good("ready"));
    private final HttpClient client = HttpClient.newHttpClient();
    private Management management;

    @BeforeEach
    void start() throws IOException {
        management = Management.start(ANY, registry, liveness::get, readiness::get);
    }

    @AfterEach
    void stop() {
        management.close();
    }

    @Test
    void metricsAreThoseOfTheRegistry() throws Exception {
        registry.counter("gearshift.decisions", "reason", "Steady").increment();

        HttpResponse<String> answer = get(management.metricsPort(), "/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).contains("gearshift_decisions_total{reason=\"Steady\"} 1.0");
    }

    @Test
    void healthIsAskedAnewForEveryRequest() throws Exception {
        assertThat(get(management.healthPort(), "/healthz").body()).isEqualTo("alive\n");
        assertThat(get(management.healthPort(), "/readyz").statusCode()).isEqualTo(200);

        liveness.set(Health.bad("no plan for 3m"));
        assertThat(get(management.healthPort(), "/healthz").statusCode()).isEqualTo(503);
        assertThat(get(management.healthPort(), "/healthz").body()).isEqualTo("no plan for 3m\n");
        assertThat(get(management.healthPort(), "/readyz").statusCode()).isEqualTo(200);

        readiness.set(Health.bad("waits for the caches"));
        assertThat(get(management.healthPort(), "/readyz").statusCode()).isEqualTo(503);
        assertThat(get(management.healthPort(), "/readyz").body()).isEqualTo("waits for the caches\n");
    }

    @Test
    void aHeadRequestIsAnsweredWithoutABody() throws Exception {
        liveness.set(Health.bad("no plan"));

        HttpResponse<String> answer = ask("HEAD", management.healthPort(), "/healthz");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Length")).contains("8");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void otherMethodsAreRefused(String method) throws Exception {
        for (HttpResponse<String> answer : List.of(
                ask(method, management.metricsPort(), "/metrics"), ask(method, management.healthPort(), "/readyz"))) {
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, true",
        "/metrics/, true",
        "/metrics/x, true",
        "/metricsx, true",
        "/healthz, true",
        "/, false",
        "/healthz/x, false",
        "/metrics, false"
    })
    void nothingElseIsThere(String path, boolean onMetricsPort) throws Exception {
        int port = onMetricsPort ? management.metricsPort() : management.healthPort();

        assertThat(get(port, path).statusCode()).isEqualTo(404);
        assertThat(ask("POST", port, path).statusCode()).isEqualTo(404);
    }

    @Test
    void aCheckThatThrowsIsAnErrorAndTellsNothingOfItself() throws Exception {
        try (Management broken = Management.start(
                ANY,
                registry,
                () -> {
                    throw new IllegalStateException("secret");
                },
                readiness::get)) {
            HttpResponse<String> answer = get(broken.healthPort(), "/healthz");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("secret");
            assertThat(get(broken.healthPort(), "/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aCheckThatHangsHoldsUpNoOther() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        try (Management slow = Management.start(
                ANY,
                registry,
                () -> {
                    begun.countDown();
                    await(end);
                    return Health.good("at last");
                },
                readiness::get)) {
            var hanging = client.sendAsync(request("GET", slow.healthPort(), "/healthz"), BodyHandlers.ofString());
            begun.await();

            assertThat(get(slow.healthPort(), "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(slow.metricsPort(), "/metrics").statusCode()).isEqualTo(200);

            end.countDown();
            assertThat(hanging.get().body()).isEqualTo("at last\n");
        }
    }

    @Test
    void closingGivesUpBothPorts() throws Exception {
        int metrics = management.metricsPort();
        int health = management.healthPort();
        management.close();

        assertThatThrownBy(() -> get(metrics, "/metrics")).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> get(health, "/healthz")).isInstanceOf(ConnectException.class);
        management = Management.start(new Ports(metrics, health), registry, liveness::get, readiness::get);
        assertThat(management.metricsPort()).isEqualTo(metrics);
        assertThat(management.healthPort()).isEqualTo(health);
    }

    @Test
    void whenOnePortIsTakenNeitherIsKept() throws Exception {
        int free;
        try (ServerSocket probe = new ServerSocket(0)) {
            free = probe.getLocalPort();
        }
        Ports ports = new Ports(free, management.healthPort());

        assertThatThrownBy(() -> Management.start(ports, registry, liveness::get, readiness::get))
                .isInstanceOf(BindException.class);
        new ServerSocket(free).close();
    }

    @Test
    void thePortsMustDiffer() {
        assertThatThrownBy(() -> new Ports(8080, 8080))
                .hasMessage("the metrics port and the health port must differ, but both are 8080");
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return ask("GET", port, path);
    }

    private HttpResponse<String> ask(String method, int port, String path) throws Exception {
        return client.send(request(method, port, path), BodyHandlers.ofString());
    }

    private static HttpRequest request(String method, int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, BodyPublishers.noBody())
                .build();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
