package dev.gearshift.simulate;

import java.time.Duration;
import java.util.List;

/**
 * Requests in order of arrival.
 *
 * @param requests the requests, each with its own number, ascending by arrival
 * @param duration how long traffic lasts; no request arrives later
 */
public record Workload(List<SimulatedRequest> requests, Duration duration) {

    public Workload {
        requests = List.copyOf(requests);
        Duration previous = Duration.ZERO;
        for (SimulatedRequest request : requests) {
            if (request.arrival().compareTo(previous) < 0) {
                throw new IllegalArgumentException("request " + request.id() + " arrives before its predecessor");
            }
            previous = request.arrival();
        }
        if (previous.compareTo(duration) > 0) {
            throw new IllegalArgumentException("the last request arrives at " + previous + ", after " + duration);
        }
    }

    /** The same requests, all later by {@code delay}; traffic lasts until the last of it as before. */
    public Workload delayedBy(Duration delay) {
        return new Workload(
                requests.stream()
                        .map(request -> new SimulatedRequest(
                                request.id(),
                                request.arrival().plus(delay),
                                request.inputTokens(),
                                request.outputTokens()))
                        .toList(),
                duration.plus(delay));
    }
}
