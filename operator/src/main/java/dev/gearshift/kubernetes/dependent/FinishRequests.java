package dev.gearshift.kubernetes.dependent;

import dev.gearshift.kubernetes.mapping.EngineEndpoint;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.LifecycleHandlerBuilder;

/**
 * What an engine does before it is told to stop: vLLM aborts the requests it has at SIGTERM, which Kubernetes sends when this hook has
 * ended, or the pod's termination grace period.
 */
final class FinishRequests {

    /** The first sleep is for the endpoints, from which the pod goes only after the hook has begun. */
    private static final String WAIT = "sleep 5; while python3 -c \"$1\" \"$2\"; do sleep 1; done";

    /** Stands in the program for the pattern of an engine's gauges. */
    private static final String LOAD = "<load>";

    /**
     * Succeeds while the engine has requests, for the pattern of the gauges that tell so. It fails where its page cannot be read too, so that nobody waits for a broken engine. No
     * proxy is asked, whatever the variables of the container say.
     */
    private static final String HAS_REQUESTS = """
            import re, sys, urllib.request
            direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            page = direct.open(sys.argv[1], timeout=10).read().decode()
            counts = re.findall(r"^<load> (\\S+)", page, re.M)
            sys.exit(0 if any(float(count) > 0 for count in counts) else 1)
            """;

    private FinishRequests() {}

    /**
     * The hook.
     *
     * @param engine the engine, and where its metrics are
     */
    static LifecycleHandler before(EngineEndpoint engine) {
        String program = HAS_REQUESTS.replace(LOAD, engine.load());
        String page = "http://localhost:" + engine.metricsPort() + engine.metricsPath();
        return new LifecycleHandlerBuilder()
                .withNewExec()
                // The program and the page are arguments of the shell's, not text in its script, and need no quoting.
                .withCommand("sh", "-c", WAIT, "finish-requests", program, page)
                .endExec()
                .build();
    }
}
