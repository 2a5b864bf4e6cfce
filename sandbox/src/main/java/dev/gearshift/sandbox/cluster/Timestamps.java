package dev.gearshift.sandbox.cluster;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as Kubernetes writes them: to the second, so that what is read back is up to a second early. */
final class Timestamps {

    private Timestamps() {}

    static String of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
