package dev.gearshift.sandbox.apiserver;

/** Holds back what comes in over the network and what goes out to watchers, while somebody inside acts on the objects. */
final class Pause {

    private boolean paused;

    /** Holds everything back from now on. */
    synchronized void begin() {
        paused = true;
    }

    /** Lets everything go on. */
    synchronized void end() {
        paused = false;
        notifyAll();
    }

    /** Returns when nothing is held back. */
    synchronized void await() throws InterruptedException {
        while (paused) {
            wait();
        }
    }
}
