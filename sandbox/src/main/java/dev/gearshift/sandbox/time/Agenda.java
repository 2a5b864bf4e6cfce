package dev.gearshift.sandbox.time;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What is to happen when. Happenings of the same instant take place in the order in which they were entered. A wake is a
 * happening without an action: an instant at which everybody is to look again; the same wake entered twice is one.
 */
public final class Agenda {

    private record Happening(Instant at, long number, Consumer<Instant> action) {}

    private final PriorityQueue<Happening> happenings =
            new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparingLong(Happening::number));
    private final TreeSet<Instant> wakes = new TreeSet<>();
    private long entered;

    /** Enters an action, told the instant at which it takes place. */
    public void at(Instant instant, Consumer<Instant> action) {
        happenings.add(new Happening(instant, entered++, action));
    }

    /** Enters an instant at which to look again. */
    public void wakeAt(Instant instant) {
        wakes.add(instant);
    }

    /** The next instant at which something is due. */
    public Optional<Instant> next() {
        Happening happening = happenings.peek();
        if (wakes.isEmpty()) {
            return Optional.ofNullable(happening).map(Happening::at);
        }
        Instant wake = wakes.first();
        return Optional.of(happening == null || wake.isBefore(happening.at()) ? wake : happening.at());
    }

    /**
     * Carries out everything that is due, and what that makes due.
     *
     * @return whether anything was due
     */
    public boolean runDue(Instant now) {
        boolean any = false;
        while (!wakes.isEmpty() && !wakes.first().isAfter(now)) {
            wakes.pollFirst();
            any = true;
        }
        for (Happening next = happenings.peek(); next != null && !next.at().isAfter(now); next = happenings.peek()) {
            happenings.remove();
            next.action().accept(now);
            any = true;
        }
        return any;
    }
}
