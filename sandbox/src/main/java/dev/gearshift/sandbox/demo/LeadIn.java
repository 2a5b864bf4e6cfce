package dev.gearshift.sandbox.demo;

import dev.gearshift.sandbox.time.Seed;
import dev.gearshift.simulate.SimulatedRequest;
import dev.gearshift.simulate.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Traffic that grows from nothing to the rate at which the demo's traffic begins: a recording starts in the middle of a day, and
 * nobody's service meets its first request at full rate. Its requests are served like all others and not counted.
 */
final class LeadIn {

    /** How long traffic grows at least. */
    static final Duration SHORTEST = Duration.ofMinutes(10);

    private LeadIn() {}

    /**
     * The beginning of a workload, thinned: a request is kept with a probability that rises evenly from zero to one.
     *
     * @param length how long it lasts; where the workload is shorter, it is played again
     * @param seed what the choice follows from
     */
    static Workload of(Workload workload, Duration length, Seed seed) {
        if (workload.requests().isEmpty() || workload.duration().isZero()) {
            return new Workload(List.of(), length);
        }
        List<SimulatedRequest> kept = new ArrayList<>();
        for (Duration round = Duration.ZERO; round.compareTo(length) < 0; round = round.plus(workload.duration())) {
            for (SimulatedRequest request : workload.requests()) {
                Duration arrival = round.plus(request.arrival());
                double probability = arrival.toMillis() / (double) length.toMillis();
                if (arrival.compareTo(length) < 0
                        && seed.of(kept.size()).of(arrival.toNanos()).uniform() < probability) {
                    kept.add(new SimulatedRequest(kept.size(), arrival, request.inputTokens(), request.outputTokens()));
                }
            }
        }
        return new Workload(kept, length);
    }
}
