package dev.gearshift.sandbox.apiserver;

/** Decides what becomes of each request for objects before it is answered. Called on the server's threads, many at a time. */
@FunctionalInterface
public interface Interference {

    /** Every request is answered as it should be. */
    Interference NONE = request -> Fate.ANSWERED;

    /** What becomes of a request. */
    Fate of(ClientRequest request);
}
