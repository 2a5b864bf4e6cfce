package dev.gearshift.sandbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EngineServerTest {

    private final ReentrantLock lock = new ReentrantLock();
    private final EngineServer server = EngineServer.start(lock);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void eachPodHasItsPath() throws Exception {
        server.register("chat", "a", () -> "a 1\n");
        server.register("chat", "b", () -> "b 1\n");

        assertThat(get("chat", "a").body()).isEqualTo("a 1\n");
        assertThat(get("chat", "b").body()).isEqualTo("b 1\n");
        assertThat(get("chat", "b").headers().firstValue("content-type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(server.metricsOf("chat", "a").getPort()).isEqualTo(server.port());
    }

    @Test
    void aPodThatIsNotRegisteredIsNotFound() throws Exception {
        server.register("chat", "a", () -> "a 1\n");
        server.unregister("chat", "a");

        assertThat(get("chat", "a").statusCode()).isEqualTo(404);
        assertThat(get("other", "a").statusCode()).isEqualTo(404);
    }

    @Test
    void anEndpointMisbehavesOnDemandAndRecovers() throws Exception {
        server.register("chat", "a", () -> "a 1\n");
        server.become("chat", "a", EngineServer.Fault.SERVER_ERROR);
        assertThat(get("chat", "a").statusCode()).isEqualTo(500);

        server.become("chat", "a", EngineServer.Fault.REFUSE);
        assertThatThrownBy(() -> get("chat", "a"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);

        server.become("chat", "a", EngineServer.Fault.HANG);
        assertThatThrownBy(() -> get("chat", "a")).isInstanceOf(HttpTimeoutException.class);

        server.become("chat", "a", EngineServer.Fault.NONE);
        assertThat(get("chat", "a").body()).isEqualTo("a 1\n");
        assertThatThrownBy(() -> server.become("chat", "x", EngineServer.Fault.HANG))
                .hasMessageContaining("chat/x");
    }

    @Test
    void nothingIsRenderedWhileTheWorldHoldsTheLock() throws Exception {
        server.register("chat", "a", () -> lock.isHeldByCurrentThread() ? "held\n" : "free\n");
        CompletableFuture<HttpResponse<String>> answer;
        lock.lock();
        try {
            answer = client.sendAsync(request("chat", "a"), HttpResponse.BodyHandlers.ofString());
            // The handler gets as far as the lock and no further.
            while (!lock.hasQueuedThreads()) {
                Thread.onSpinWait();
            }
            assertThat(answer).isNotDone();
        } finally {
            lock.unlock();
        }

        assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("held\n");
    }

    private HttpResponse<String> get(String namespace, String pod) throws IOException, InterruptedException {
        return client.send(request(namespace, pod), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String namespace, String pod) {
        return HttpRequest.newBuilder(server.metricsOf(namespace, pod))
                .timeout(Duration.ofMillis(1500))
                .build();
    }
}
