package dev.gearshift.sandbox.apiserver;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What clients asked for over http, by verb and kind: {@code "apply ModelDeployment/status"}. Verbs are get, list, watch, create,
 * update, patch, apply, delete. Thread-safe.
 */
public final class RequestCounters {

    private final TreeMap<String, Long> requests = new TreeMap<>();
    private final TreeMap<String, Long> writes = new TreeMap<>();

    synchronized void request(String verb, String what) {
        requests.merge(verb + " " + what, 1L, Long::sum);
    }

    synchronized void write(String verb, String what, long times) {
        if (times > 0) {
            writes.merge(verb + " " + what, times, Long::sum);
        }
    }

    /** Requests of a verb for a kind, or {@code kind/subresource}, whatever became of them. */
    public synchronized long requests(String verb, String what) {
        return requests.getOrDefault(verb + " " + what, 0L);
    }

    /** All requests by verb and kind. */
    public synchronized SortedMap<String, Long> requests() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(requests));
    }

    /** Requests that changed an object, by verb and kind. */
    public synchronized SortedMap<String, Long> writes() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(writes));
    }

    /** How many changes clients have made to objects. */
    public synchronized long effectiveWrites() {
        return writes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Starts counting from zero. */
    public synchronized void reset() {
        requests.clear();
        writes.clear();
    }
}
