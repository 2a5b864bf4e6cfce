package dev.gearshift.simulate;

/** A trace that cannot be read; the message names the line, the column and the value. */
public final class TraceFormatException extends RuntimeException {

    /** With a message a user can act on. */
    public TraceFormatException(String message) {
        super(message);
    }
}
