package dev.gearshift.prometheus;

import java.util.List;
import java.util.Optional;

/**
 * What came of a query.
 *
 * @param <T> what is made of an answer
 */
public sealed interface Answer<T> {

    /**
     * It was answered.
     *
     * @param value what was made of the elements
     * @param warnings what the server said besides: the answer may be partial
     * @param bytes how long the answer was
     */
    record Given<T>(T value, List<String> warnings, long bytes) implements Answer<T> {

        public Given {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It was not.
     *
     * @param cause why
     * @param detail for a person
     */
    record Missing<T>(Cause cause, String detail) implements Answer<T> {}

    /** Why there is no answer. */
    enum Cause {
        /** Nobody listens there, or the name is not known. */
        UNREACHABLE,
        /** It did not answer to the end in time. */
        TIMED_OUT,
        /** It refused the caller: status 401 or 403. */
        REFUSED,
        /** It found fault with the query: another status from 400 to 499. */
        BAD_QUERY,
        /** It failed: a status of 500 or above, or one that makes no sense. */
        SERVER_ERROR,
        /** The answer is longer than allowed. */
        TOO_LARGE,
        /** What came is no answer of Prometheus, or the connection broke. */
        BROKEN,
        /** It was not asked: it failed too often of late. */
        RESTING;

        /** Whether another attempt may do better. */
        boolean isPassing() {
            return this == UNREACHABLE || this == SERVER_ERROR || this == BROKEN;
        }

        /** Whether it says that the server, not the query, is out of order. */
        boolean isServers() {
            return this != BAD_QUERY && this != TOO_LARGE && this != RESTING;
        }
    }

    /** What was made of the answer; empty when there is none. */
    default Optional<T> given() {
        return this instanceof Given<T> given ? Optional.of(given.value()) : Optional.empty();
    }
}
