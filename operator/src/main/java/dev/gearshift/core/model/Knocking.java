package dev.gearshift.core.model;

import java.util.Optional;

/** What is asked of a model as somebody in front of its replicas tells, whether or not it has any. Unheard is not zero. */
public sealed interface Knocking {

    /** Nobody was asked to tell. */
    static Knocking nobody() {
        return new Unheard(Silence.NOBODY, "");
    }

    /**
     * It is told.
     *
     * @param rate requests per second, those that wait in front of the replicas included
     */
    record Heard(RequestRate rate) implements Knocking {}

    /**
     * It is not told.
     *
     * @param why why not
     * @param detail the words of the server that was asked; may be empty
     */
    record Unheard(Silence why, String detail) implements Knocking {}

    /** Why it is not told. */
    enum Silence {
        /** Nobody was asked. */
        NOBODY,
        /** Nobody can be asked: demand in front of replicas is only known through Prometheus. */
        NO_PROMETHEUS,
        /** What was asked shows nothing of the model, or did not answer. */
        UNSEEN,
        /** Two models are served under one name, and what is shown does not tell them apart. */
        AMBIGUOUS,
        /** The user's query fails. */
        QUERY_FAILED
    }

    /** The requests per second; empty when it is not told. */
    default Optional<RequestRate> heard() {
        return this instanceof Heard told ? Optional.of(told.rate()) : Optional.empty();
    }
}
