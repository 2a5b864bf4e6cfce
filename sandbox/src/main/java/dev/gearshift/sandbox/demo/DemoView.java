package dev.gearshift.sandbox.demo;

import java.time.Instant;

/** Where the demo is watched. */
public interface DemoView extends AutoCloseable {

    /** Shows the present. Called a few times a second of real time at most; may drop what it cannot show. */
    void show(DemoFrame frame);

    /**
     * Something worth a line happened.
     *
     * @param time when, in virtual time
     * @param what a sentence
     */
    void tell(Instant time, String what);

    /** Leaves the terminal as it was found. */
    @Override
    void close();
}
