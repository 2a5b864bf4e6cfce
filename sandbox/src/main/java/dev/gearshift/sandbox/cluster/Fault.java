package dev.gearshift.sandbox.cluster;

import java.time.Duration;

/** What can be wrong with an engine. */
public sealed interface Fault {

    /**
     * The process ends by itself, again and again.
     *
     * @param exitCode its exit code
     * @param reason the cluster's word for it
     * @param message what it said last
     * @param after how long it runs
     */
    record Crash(int exitCode, String reason, String message, Duration after) implements Fault {

        /** A process that exits with an error of its own. */
        public static Crash error(int exitCode, String message, Duration after) {
            return new Crash(exitCode, "Error", message, after);
        }

        /** A process that is killed because its container is out of memory. */
        public static Crash outOfMemory(Duration after) {
            return new Crash(137, "OOMKilled", "", after);
        }
    }

    /**
     * The image cannot be pulled.
     *
     * @param message what the registry says
     */
    record ImagePull(String message) implements Fault {}

    /** The process runs and never answers its readiness probe. */
    record NeverReady() implements Fault {}
}
