package dev.gearshift.sandbox.traffic;

import dev.gearshift.sandbox.time.Seed;
import dev.gearshift.simulate.FailureCause;
import dev.gearshift.simulate.RequestOutcome;
import dev.gearshift.simulate.SimulatedRequest;
import dev.gearshift.simulate.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Clients that send a workload to a Service. Each request goes to a random endpoint, drawn evenly and anew per attempt, as kube-proxy
 * does. When nobody takes the connection (no endpoint, or one whose engine is gone) the client tries again every second and gives up
 * 30 seconds after it first tried: the usual connection time-out of client libraries. A request that was taken is not sent again.
 */
public final class Traffic {

    /** From one attempt to connect to the next. */
    public static final Duration RETRY = Duration.ofSeconds(1);

    /** From the arrival of a request to the last attempt to connect. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    private record Attempt(SimulatedRequest request, Duration at, int number) {}

    private final String namespace;
    private final String service;
    private final Workload workload;
    private final Seed seed;
    private final TrafficAccount account = new TrafficAccount();
    private final PriorityQueue<Attempt> retries = new PriorityQueue<>(Comparator.comparing(Attempt::at)
            .thenComparingLong(attempt -> attempt.request().id()));
    private int next;

    /**
     * Traffic that has not begun.
     *
     * @param namespace where the Service is
     * @param service its name
     * @param workload the requests; their times count from the start of the world
     * @param seed what the choice of endpoints follows from
     */
    public Traffic(String namespace, String service, Workload workload, Seed seed) {
        this.namespace = namespace;
        this.service = service;
        this.workload = workload;
        this.seed = seed.of(namespace + "/" + service);
    }

    /** The namespace of the Service. */
    public String namespace() {
        return namespace;
    }

    /** The name of the Service. */
    public String service() {
        return service;
    }

    /** What became of the requests so far. */
    public TrafficAccount account() {
        return account;
    }

    /**
     * Sends every request, and makes every further attempt, that is due before {@code until}.
     *
     * @param endpoints the pods behind the Service all that time
     * @param host their engines
     */
    public void playUntil(Duration until, List<Pod> endpoints, EngineHost host) {
        while (true) {
            Attempt attempt = retries.peek();
            SimulatedRequest arriving =
                    next < workload.requests().size() ? workload.requests().get(next) : null;
            if (arriving != null && (attempt == null || arriving.arrival().compareTo(attempt.at()) <= 0)) {
                if (arriving.arrival().compareTo(until) >= 0) {
                    return;
                }
                next++;
                account.arrived();
                attempt(new Attempt(arriving, arriving.arrival(), 0), endpoints, host);
            } else if (attempt != null && attempt.at().compareTo(until) < 0) {
                retries.remove();
                attempt(attempt, endpoints, host);
            } else {
                return;
            }
        }
    }

    private void attempt(Attempt attempt, List<Pod> endpoints, EngineHost host) {
        SimulatedRequest request = attempt.request();
        Optional<FailureCause> refusal = Optional.of(FailureCause.NO_REPLICA);
        if (!endpoints.isEmpty()) {
            Pod pod = endpoints.get(seed.of(request.id()).of(attempt.number()).pick(endpoints.size()));
            refusal = host.submit(pod, request, attempt.at(), account::ended);
        }
        if (refusal.isPresent()) {
            Duration again = attempt.at().plus(RETRY);
            if (again.compareTo(request.arrival().plus(CONNECT_TIMEOUT)) > 0) {
                account.ended(new RequestOutcome.Failed(request, attempt.at(), refusal.get()));
            } else {
                retries.add(new Attempt(request, again, attempt.number() + 1));
            }
        }
    }
}
