package dev.gearshift.metrics.prometheus;

import java.util.Arrays;
import java.util.Optional;

/** The figures a query may ask for at once, told apart by a label of the answer. */
enum Kind {
    /** Requests being computed. */
    RUNNING,
    /** Requests queued. */
    WAITING,
    /** Requests completed since the engine started. */
    COMPLETED,
    /** When a pod was last scraped, in seconds since 1970. */
    LAST_SEEN,
    /** When a pod was first scraped within the planning window. */
    FIRST_SEEN,
    /** Requests completed per second. */
    COMPLETION_RATE,
    /** Requests given up or failed per second. */
    ABORTION_RATE,
    /** Requests failed by the engine per second; part of those. */
    FAILURE_RATE,
    /** By how much running grew over the planning window. */
    RUNNING_GROWTH(true),
    /** By how much waiting grew over the planning window. */
    WAITING_GROWTH(true),
    /** Prompt tokens per second. */
    PROMPT_RATE,
    /** Tokens generated per second. */
    GENERATION_RATE,
    /** Requests per second that a gateway counts. */
    GATEWAY_RATE,
    /** Series of a gateway's requests that have only begun. */
    GATEWAY_NEW,
    /** Requests per second that an endpoint picker sends on. */
    PICKER_RATE,
    /** Series of these that have only begun. */
    PICKER_NEW,
    /** Requests per second that an endpoint picker refuses. */
    PICKER_REFUSED_RATE,
    /** Series of these that have only begun. */
    PICKER_REFUSED_NEW,
    /** Requests an endpoint picker holds. */
    PICKER_WAITING,
    /** Times to the first token, as a gateway measures them. */
    GATEWAY_FIRST_TOKEN,
    /** Times per output token, as a gateway measures them. */
    GATEWAY_PER_TOKEN,
    /** Times to the last token, as a gateway measures them. */
    GATEWAY_WHOLE;

    /** The label that tells them apart. */
    static final String LABEL = "gearshift_kind";

    /** Above this a double no longer counts one by one. */
    static final double LARGEST = 9_007_199_254_740_992.0;

    private final boolean mayFall;

    Kind() {
        this(false);
    }

    Kind(boolean mayFall) {
        this.mayFall = mayFall;
    }

    /** What two parts of a tier amount to. */
    double together(double one, double other) {
        return this == FIRST_SEEN ? Math.min(one, other) : one + other;
    }

    /** How the label writes it. */
    String word() {
        return name();
    }

    /** Whether a value can be true. */
    boolean allows(double value) {
        return Math.abs(value) <= LARGEST && (mayFall || value >= 0);
    }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.name().equals(word)).findFirst();
    }
}
