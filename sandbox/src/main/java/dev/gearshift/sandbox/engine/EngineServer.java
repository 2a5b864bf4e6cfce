package dev.gearshift.sandbox.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * Serves the metrics of every engine pod from one loopback port, a path per pod:
 * {@code /pods/<namespace>/<name>/metrics}. A pod that is not registered answers 404.
 *
 * <p>Metrics are rendered while holding the lock given at the start. Whoever advances the engines holds the same lock while
 * doing so, and must not hold it while waiting for an answer of this server.
 */
public final class EngineServer implements AutoCloseable {

    static {
        // The server sends headers and body apart; without this, each answer waits some 40 ms for an acknowledgement.
        // Read by the JDK once, when the first server is made.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** How an endpoint misbehaves. */
    public enum Fault {
        /** Not at all. */
        NONE,
        /** It takes the request and never answers, until the fault is changed. */
        HANG,
        /** It closes the connection without an answer. */
        REFUSE,
        /** It answers 500. */
        SERVER_ERROR
    }

    private record Pod(String namespace, String name) {}

    private static final class Endpoint {

        final Supplier<String> metrics;
        volatile Fault fault = Fault.NONE;
        volatile CountDownLatch recovered = new CountDownLatch(1);

        Endpoint(Supplier<String> metrics) {
            this.metrics = metrics;
        }

        void become(Fault next) {
            CountDownLatch previous = recovered;
            recovered = new CountDownLatch(1);
            fault = next;
            previous.countDown();
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Lock lock;
    private final Map<Pod, Endpoint> endpoints = new ConcurrentHashMap<>();

    private EngineServer(HttpServer server, ExecutorService threads, Lock lock) {
        this.server = server;
        this.threads = threads;
        this.lock = lock;
    }

    /**
     * Starts on a free port.
     *
     * @param lock held while metrics are rendered
     * @throws UncheckedIOException when no port can be had
     */
    public static EngineServer start(Lock lock) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "engine-metrics");
                thread.setDaemon(true);
                return thread;
            });
            EngineServer engines = new EngineServer(server, threads, lock);
            server.setExecutor(threads);
            server.createContext("/", engines::handle);
            server.start();
            return engines;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback interface", e);
        }
    }

    /** Where a pod's metrics are, whether or not it is registered. */
    public URI metricsOf(String namespace, String pod) {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/pods/"
                + namespace + "/" + pod + "/metrics");
    }

    /** The port listened on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * Serves a pod from now on, in place of one of that name registered before.
     *
     * @param metrics renders its metrics; called under the lock
     */
    public void register(String namespace, String pod, Supplier<String> metrics) {
        Endpoint previous = endpoints.put(new Pod(namespace, pod), new Endpoint(metrics));
        if (previous != null) {
            previous.become(Fault.NONE);
        }
    }

    /** Serves a pod no longer. */
    public void unregister(String namespace, String pod) {
        Endpoint previous = endpoints.remove(new Pod(namespace, pod));
        if (previous != null) {
            previous.become(Fault.NONE);
        }
    }

    /**
     * Makes a pod's endpoint misbehave, or behave again.
     *
     * @throws IllegalArgumentException when the pod is not registered
     */
    public void become(String namespace, String pod, Fault fault) {
        Endpoint endpoint = endpoints.get(new Pod(namespace, pod));
        if (endpoint == null) {
            throw new IllegalArgumentException("no engine is registered for " + namespace + "/" + pod);
        }
        endpoint.become(fault);
    }

    @Override
    public void close() {
        endpoints.values().forEach(endpoint -> endpoint.become(Fault.NONE));
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            Endpoint endpoint = path.length == 5 && path[1].equals("pods") && path[4].equals("metrics")
                    ? endpoints.get(new Pod(path[2], path[3]))
                    : null;
            if (endpoint == null) {
                answer(exchange, 404, "no such engine\n");
                return;
            }
            CountDownLatch recovered = endpoint.recovered;
            switch (endpoint.fault) {
                case NONE -> answer(exchange, 200, render(endpoint));
                case SERVER_ERROR -> answer(exchange, 500, "engine fault\n");
                // Closing the exchange without having answered drops the connection.
                case REFUSE -> {}
                case HANG -> recovered.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String render(Endpoint endpoint) {
        lock.lock();
        try {
            return endpoint.metrics.get();
        } finally {
            lock.unlock();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", ExpositionText.CONTENT_TYPE);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
