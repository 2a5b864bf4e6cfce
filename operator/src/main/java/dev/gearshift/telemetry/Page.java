package dev.gearshift.telemetry;

/**
 * What is answered to a request.
 *
 * @param status the HTTP status
 * @param contentType what the body is
 * @param body the body
 */
record Page(int status, String contentType, String body) {

    /** A line of plain text. */
    static Page line(int status, String line) {
        return new Page(status, "text/plain; charset=utf-8", line + "\n");
    }
}
