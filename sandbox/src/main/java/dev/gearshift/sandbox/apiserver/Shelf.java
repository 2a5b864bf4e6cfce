package dev.gearshift.sandbox.apiserver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the objects lie: sorted maps by kind, one counter of versions, and the recent changes of each kind for watches that
 * start in the past. Callers hold {@link #lock()} around everything that belongs together.
 */
final class Shelf {

    private static final int HISTORY = 4096;

    private final Object lock = new Object();
    private final Map<String, NavigableMap<ObjectKey, Stored>> objects = new TreeMap<>();
    private final Map<String, ArrayDeque<Change>> history = new TreeMap<>();
    private final Map<String, Long> forgotten = new TreeMap<>();
    private final Map<String, SortedMap<String, String>> versions = new TreeMap<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private long version;
    private long writes;
    private long uids;
    private final Map<String, Long> names = new TreeMap<>();

    /** A list and the version it was taken at. */
    record Listing(List<Stored> items, long version) {}

    Object lock() {
        return lock;
    }

    void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    void forget(Consumer<Change> listener) {
        listeners.remove(listener);
    }

    private NavigableMap<ObjectKey, Stored> of(ResourceType type) {
        return objects.computeIfAbsent(type.resourceName(), n -> new TreeMap<>());
    }

    @Nullable
    Stored get(ResourceType type, ObjectKey key) {
        synchronized (lock) {
            return of(type).get(key);
        }
    }

    /** All objects of a kind, of one namespace unless that is empty, sorted by namespace and name. */
    Listing list(ResourceType type, String namespace) {
        synchronized (lock) {
            NavigableMap<ObjectKey, Stored> all = of(type);
            var some = namespace.isEmpty()
                    ? all
                    : all.subMap(new ObjectKey(namespace, ""), true, new ObjectKey(namespace + "\0", ""), false);
            return new Listing(new ArrayList<>(some.values()), version);
        }
    }

    /** Stores a version of an object and tells everyone. */
    Stored put(Stored next) {
        synchronized (lock) {
            version++;
            writes++;
            Stored stored = next.withResourceVersion(version);
            Stored before = of(next.type()).put(next.key(), stored);
            tell(new Change(before == null ? Change.Action.ADDED : Change.Action.MODIFIED, stored, before, version));
            return stored;
        }
    }

    /** Takes an object away and tells everyone. */
    void remove(Stored gone) {
        synchronized (lock) {
            if (of(gone.type()).remove(gone.key()) == null) {
                return;
            }
            version++;
            writes++;
            tell(new Change(Change.Action.DELETED, gone.withResourceVersion(version), gone, version));
        }
    }

    private void tell(Change change) {
        String name = change.type().resourceName();
        SortedMap<String, String> known = versions.computeIfAbsent(name, n -> new TreeMap<>());
        if (change.action() == Change.Action.DELETED) {
            known.remove(change.now().uid());
        } else {
            known.put(change.now().uid(), change.now().resourceVersion());
        }
        ArrayDeque<Change> recent = history.computeIfAbsent(name, n -> new ArrayDeque<>());
        recent.addLast(change);
        if (recent.size() > HISTORY) {
            forgotten.put(name, recent.removeFirst().version());
        }
        listeners.forEach(l -> l.accept(change));
    }

    /** Changes of a kind after a version, or null when some of them are forgotten. */
    @Nullable
    List<Change> since(ResourceType type, long after) {
        synchronized (lock) {
            if (after < forgotten.getOrDefault(type.resourceName(), 0L)) {
                return null;
            }
            List<Change> out = new ArrayList<>();
            history.getOrDefault(type.resourceName(), new ArrayDeque<>()).forEach(c -> {
                if (c.version() > after) {
                    out.add(c);
                }
            });
            return out;
        }
    }

    /** Versions by uid, sorted. */
    SortedMap<String, String> versions(ResourceType type) {
        synchronized (lock) {
            return new TreeMap<>(versions.computeIfAbsent(type.resourceName(), n -> new TreeMap<>()));
        }
    }

    long writes() {
        synchronized (lock) {
            return writes;
        }
    }

    String nextUid() {
        synchronized (lock) {
            return String.format("00000000-0000-4000-8000-%012x", ++uids);
        }
    }

    /** A name for {@code generateName}: counted by prefix, so that it does not depend on what else happens. */
    String nextName(String resource, String namespace, String prefix) {
        synchronized (lock) {
            long n = names.merge(String.join("/", resource, namespace, prefix), 1L, Long::sum);
            return prefix + String.format("%05d", n);
        }
    }
}
