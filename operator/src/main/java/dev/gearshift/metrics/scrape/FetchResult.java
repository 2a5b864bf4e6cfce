package dev.gearshift.metrics.scrape;

/** What came of asking for a page. */
public sealed interface FetchResult {

    /** The page, whole. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Page(byte[] body) implements FetchResult {}

    /**
     * No page.
     *
     * @param cause why
     * @param detail for a person: an HTTP status, an exception's message
     */
    record Missed(Cause cause, String detail) implements FetchResult {}

    /** Why a scrape gave nothing. */
    enum Cause {
        /** The pod has no address yet. */
        NO_ADDRESS,
        /** Nobody listens there. */
        UNREACHABLE,
        /** It did not answer, or not to the end, in time. */
        TIMED_OUT,
        /** It answered with another status than 200. */
        BAD_STATUS,
        /** The page is longer than allowed. */
        TOO_LARGE,
        /** The connection broke, or something else went wrong. */
        BROKEN,
        /** A page came, but it does not show requests running, waiting and completed. */
        SHOWS_NO_LOAD
    }
}
