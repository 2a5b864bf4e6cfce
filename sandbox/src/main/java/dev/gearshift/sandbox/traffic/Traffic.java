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
import java.util.stream.Stream;

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

    /** When the next request arrives or is tried again; empty when there is none. */
    public Optional<Duration> next() {
        Optional<Duration> arrival = arriving().map(SimulatedRequest::arrival);
        Optional<Duration> retry = Optional.ofNullable(retries.peek()).map(Attempt::at);
        return Stream.of(arrival, retry).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /**
     * Sends the next request, or makes the next further attempt.
     *
     * @param endpoints the pods behind the Service then
     * @param host their engines
     */
    public void playNext(List<Pod> endpoints, EngineHost host) {
        Optional<SimulatedRequest> arriving = arriving()
                .filter(request -> Optional.ofNullable(retries.peek())
                        .filter(attempt -> attempt.at().compareTo(request.arrival()) < 0)
                        .isEmpty());
        if (arriving.isPresent()) {
            next++;
            account.arrived();
            attempt(new Attempt(arriving.get(), arriving.get().arrival(), 0), endpoints, host);
        } else if (!retries.isEmpty()) {
            attempt(retries.remove(), endpoints, host);
        }
    }

    private Optional<SimulatedRequest> arriving() {
        return next < workload.requests().size()
                ? Optional.of(workload.requests().get(next))
                : Optional.empty();
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
