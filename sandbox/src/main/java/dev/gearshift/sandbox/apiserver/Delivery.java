package dev.gearshift.sandbox.apiserver;

import java.time.Duration;

/**
 * How watchers get events. They always come in order.
 *
 * @param late how long each is held back, in real time
 * @param copies how often each is sent
 */
public record Delivery(Duration late, int copies) {

    /** At once, and once. */
    public static final Delivery PROMPT = new Delivery(Duration.ZERO, 1);

    public Delivery {
        if (late.isNegative() || copies < 1) {
            throw new IllegalArgumentException("events cannot come " + late + " late and " + copies + " times");
        }
    }
}
