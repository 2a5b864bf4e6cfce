package dev.gearshift.sandbox.time;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. Any thread may read it; one thread moves it, and never backwards. */
public final class VirtualClock implements InstantSource {

    /** Where a world begins unless told otherwise: a Monday morning. */
    public static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    private volatile Instant now;

    /** A clock that shows {@code start}. */
    public VirtualClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /**
     * Moves the clock.
     *
     * @throws IllegalArgumentException when that would be backwards
     */
    public void moveTo(Instant instant) {
        if (instant.isBefore(now)) {
            throw new IllegalArgumentException("the clock shows " + now + " and cannot go back to " + instant);
        }
        now = instant;
    }
}
