package dev.gearshift.kubernetes.dependent;

import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.time.Duration;

/** How the kubelet finds out whether an engine is up. */
final class EngineProbes {

    /** How long an engine may take from its start to its first answer: large models are downloaded, loaded and compiled. */
    static final Duration STARTUP_BUDGET = Duration.ofMinutes(60);

    private static final Duration PERIOD = Duration.ofSeconds(5);

    private EngineProbes() {}

    /** Whether it may be sent requests. */
    static Probe readiness(int port, String path) {
        return health(port, path).build();
    }

    /** Whether it has started; it is restarted when it has not within {@link #STARTUP_BUDGET}. */
    static Probe startup(int port, String path) {
        return health(port, path)
                .withFailureThreshold((int) STARTUP_BUDGET.dividedBy(PERIOD))
                .build();
    }

    private static ProbeBuilder health(int port, String path) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(port)
                .endHttpGet()
                .withPeriodSeconds((int) PERIOD.toSeconds())
                // A loaded engine takes more than the second Kubernetes gives it, and sending its requests to the
                // others
                // would load those.
                .withTimeoutSeconds((int) PERIOD.toSeconds());
    }
}
