package dev.gearshift.sandbox.apiserver;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One watcher's events, sent in order by a thread of its own, so that nobody who writes waits for a network. */
final class WatchStream extends WebSocketListener {

    private static final String END = "";

    private final Target target;
    private final Predicate<Map<String, Object>> selector;
    private final Consumer<WatchStream> onClosed;
    private final Pause pause;
    private final Supplier<Delivery> delivery;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private volatile @Nullable WebSocket socket;

    WatchStream(
            Target target,
            Predicate<Map<String, Object>> selector,
            Consumer<WatchStream> onClosed,
            Pause pause,
            Supplier<Delivery> delivery) {
        this.delivery = delivery;
        this.pause = pause;
        this.target = target;
        this.selector = selector;
        this.onClosed = onClosed;
    }

    void offer(Change change) {
        boolean concerns = change.type().resourceName().equals(target.type().resourceName())
                && (target.namespace().isEmpty() || target.namespace().equals(change.namespace()));
        String event = concerns ? Watches.event(change, selector) : null;
        if (event != null) {
            events.add(event);
        }
    }

    void offerPresent(Stored object) {
        if (selector.test(object.tree())) {
            events.add("{\"type\":\"ADDED\",\"object\":" + object.json() + "}");
        }
    }

    void offerRaw(String event) {
        events.add(event);
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        socket = webSocket;
        Thread sender =
                new Thread(() -> send(webSocket), "watch-" + target.type().plural());
        sender.setDaemon(true);
        sender.start();
    }

    private void send(WebSocket webSocket) {
        try {
            for (String event = events.take(); !event.equals(END); event = events.take()) {
                pause.await();
                Delivery how = delivery.get();
                LockSupport.parkNanos(how.late().toNanos());
                for (int copy = 0; copy < how.copies(); copy++) {
                    webSocket.send(event);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        events.add(END);
        WebSocket open = socket;
        if (open != null) {
            open.close(1000, "closed");
        }
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, @Nullable String reason) {
        finish();
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, @Nullable String reason) {
        finish();
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable error, Response response) {
        finish();
    }

    private void finish() {
        onClosed.accept(this);
        close();
    }
}
