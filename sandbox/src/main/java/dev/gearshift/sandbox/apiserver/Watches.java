package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.tree.Json;
import io.fabric8.mockwebserver.http.MockResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The open watches: each gets what happened since the version it names, then every change as it is made. */
final class Watches {

    private final Shelf shelf;
    private final Pause pause;
    private volatile Delivery delivery = Delivery.PROMPT;
    private final Set<WatchStream> open = ConcurrentHashMap.newKeySet();

    Watches(Shelf shelf, Pause pause) {
        this.shelf = shelf;
        this.pause = pause;
        shelf.listen(change -> open.forEach(w -> w.offer(change)));
    }

    /** Answers a watch request with a stream. Nothing is missed between the past and the present. */
    MockResponse open(Target target, Predicate<Map<String, Object>> selector, String resourceVersion) {
        synchronized (shelf.lock()) {
            WatchStream stream = new WatchStream(target, selector, open::remove, pause, () -> delivery);
            if (resourceVersion.isEmpty() || resourceVersion.equals("0")) {
                shelf.list(target.type(), target.namespace()).items().forEach(stream::offerPresent);
            } else {
                List<Change> past = shelf.since(target.type(), parse(resourceVersion));
                if (past == null) {
                    stream.offerRaw("{\"type\":\"ERROR\",\"object\":" + Json.write(expired(resourceVersion)) + "}");
                } else {
                    past.forEach(stream::offer);
                }
            }
            open.add(stream);
            return new MockResponse().setResponseCode(101).withWebSocketUpgrade(stream);
        }
    }

    void deliver(Delivery how) {
        delivery = how;
    }

    private static long parse(String resourceVersion) {
        try {
            return Long.parseLong(resourceVersion);
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("invalid resource version " + resourceVersion);
        }
    }

    private static Map<String, Object> expired(String resourceVersion) {
        return new LinkedHashMap<>(ApiError.of(410, "Expired", "too old resource version: " + resourceVersion)
                .toStatus());
    }

    void close() {
        open.forEach(WatchStream::close);
        open.clear();
    }

    /** The event a watcher sees, or null when the change does not concern its selector. */
    static @Nullable String event(Change change, Predicate<Map<String, Object>> selector) {
        Stored before = change.before();
        boolean was = before != null && selector.test(before.tree());
        boolean is = change.action() != Change.Action.DELETED && selector.test(change.tree());
        if (!was && !is) {
            return null;
        }
        String type = was && is ? "MODIFIED" : is ? "ADDED" : "DELETED";
        return "{\"type\":\"" + type + "\",\"object\":" + change.now().json() + "}";
    }
}
