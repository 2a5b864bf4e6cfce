package dev.gearshift.simulate;

import dev.gearshift.core.model.LatencyTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A constant number of equal replicas that are up all the time. A request goes to a random replica, as kube-proxy sends it:
 * request i draws u, uniform in [0, 1), once, and goes to replica ⌊u·n⌋, so that different counts see the same draws. Requests
 * still under way when traffic ends are served to their end.
 */
final class ConstantFleet {

    private static final Duration STRIDE = Duration.ofMinutes(1);

    private final Workload workload;
    private final List<LatencyTarget> targets;
    private final double[] draws;

    ConstantFleet(Workload workload, List<LatencyTarget> targets, long seed) {
        this.workload = workload;
        this.targets = targets;
        SplittableRandom random = new SplittableRandom(seed);
        this.draws = random.doubles(workload.requests().size()).toArray();
    }

    /** Whether so many replicas reach every target. Gives up as soon as too many requests have missed one. */
    boolean reaches(EngineTruth truth, int replicas) {
        Attainment attainment = new Attainment(targets);
        for (List<SimulatedRequest> requests : shared(replicas)) {
            EngineSimulator engine = new EngineSimulator(truth, new EngineListener() {
                @Override
                public void ended(RequestOutcome outcome) {
                    attainment.end(outcome);
                }
            });
            for (SimulatedRequest request : requests) {
                attainment.arrive();
                engine.submit(request, request.arrival());
            }
            for (Duration time = STRIDE; !engine.isIdle(); time = time.plus(STRIDE)) {
                engine.advanceTo(time);
                if (attainment.isOutOfReach(draws.length)) {
                    return false;
                }
            }
        }
        return attainment.reachesAll();
    }

    private List<List<SimulatedRequest>> shared(int replicas) {
        List<List<SimulatedRequest>> shares = new ArrayList<>(replicas);
        for (int i = 0; i < replicas; i++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < draws.length; i++) {
            shares.get((int) (draws[i] * replicas)).add(workload.requests().get(i));
        }
        return shares;
    }
}
