package dev.gearshift.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A loopback server that answers instant queries as a test says. */
public final class FakePrometheus implements AutoCloseable {

    /** Answers one query. */
    public interface Behaviour {

        /** Answers. */
        void answer(HttpExchange exchange, String promql) throws IOException;
    }

    /**
     * A query that came in.
     *
     * @param path where to
     * @param promql the expression
     * @param headers what came with it, by lower-case name
     */
    public record Asked(String path, String promql, Map<String, List<String>> headers) {}

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Behaviour behaviour;

    /** A server that starts with this behaviour. */
    public FakePrometheus(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-prometheus");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = "";
        for (String pair : body.split("&", -1)) {
            if (pair.startsWith("query=")) {
                query = URLDecoder.decode(pair.substring("query=".length()), StandardCharsets.UTF_8);
            }
        }
        asked.add(new Asked(exchange.getRequestURI().getPath(), query, Map.copyOf(exchange.getRequestHeaders())));
        try (exchange) {
            behaviour.answer(exchange, query);
        }
    }

    /** Its address. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Behaves otherwise from now on. */
    public void become(Behaviour next) {
        behaviour = next;
    }

    /** What was asked so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Always this text, with this status. */
    public static Behaviour says(int status, String text) {
        return (exchange, query) -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** An instant vector of these elements, in JSON. */
    public static String vector(String... elements) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + String.join(",", elements)
                + "]}}";
    }

    /** Takes the query and keeps silent, until this server is closed. */
    public Behaviour hangs() {
        return (exchange, query) -> {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** An answer that goes on for so many bytes. */
    public static Behaviour floods(long bytes) {
        return (exchange, query) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] element = "{\"metric\":{\"pod\":\"p\"},\"value\":[1,\"2\"]},"
                    .repeat(1000)
                    .getBytes(StandardCharsets.UTF_8);
            OutputStream out = exchange.getResponseBody();
            out.write("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                    .getBytes(StandardCharsets.UTF_8));
            for (long sent = 0; sent < bytes; sent += element.length) {
                out.write(element);
            }
        };
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
