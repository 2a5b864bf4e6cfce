package dev.gearshift.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One port that answers GET and HEAD for a fixed set of paths, and 404 for every other. */
final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int THREADS = 4;
    private static final int WAITING = 64;
    private static final Map<String, String> LONGEST_SECONDS =
            Map.of("sun.net.httpserver.maxReqTime", "5", "sun.net.httpserver.maxRspTime", "10");

    static {
        // The JDK's server lets a peer take for ever over its request, and with it a thread. It reads these once,
        // before its first start.
        LONGEST_SECONDS.forEach((property, seconds) -> {
            if (System.getProperty(property) == null) {
                System.setProperty(property, seconds);
            }
        });
    }

    private final Map<String, Supplier<Page>> pages;
    private final ThreadPoolExecutor threads;
    private final HttpServer server;

    /**
     * Listens on all addresses.
     *
     * @param name for threads
     * @param port the port, or 0 for any free one
     * @param pages what to answer to a path
     * @throws IOException when the port cannot be had
     */
    Listener(String name, int port, Map<String, Supplier<Page>> pages) throws IOException {
        this.pages = Map.copyOf(pages);
        server = HttpServer.create(new InetSocketAddress(port), WAITING);
        AtomicInteger number = new AtomicInteger();
        // When all is taken the thread that accepts answers itself, which holds further requests back. To refuse would
        // leave them open.
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(WAITING),
                task -> {
                    Thread thread = new Thread(task, "gearshift-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new CallerRunsPolicy());
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            Page page = page(exchange, head);
            byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", page.contentType());
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(page.status(), -1);
            } else {
                exchange.sendResponseHeaders(page.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Page page(HttpExchange exchange, boolean head) {
        @Nullable String path = exchange.getRequestURI().getPath();
        @Nullable Supplier<Page> page = path == null ? null : pages.get(path);
        if (page == null) {
            return Page.line(404, "not found");
        } else if (!head && !exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Page.line(405, "method not allowed");
        }
        try {
            return page.get();
        } catch (RuntimeException failed) {
            LOG.warn("page {} failed", path, failed);
            return Page.line(500, "failed, see the log");
        }
    }
}
