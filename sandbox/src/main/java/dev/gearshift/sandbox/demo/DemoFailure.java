package dev.gearshift.sandbox.demo;

/** Why a demo cannot go on; the message is one line for whoever started it. */
public final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A failure with what to tell. */
    public DemoFailure(String message) {
        super(message);
    }

    /** A failure with what to tell and what it comes from. */
    public DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
