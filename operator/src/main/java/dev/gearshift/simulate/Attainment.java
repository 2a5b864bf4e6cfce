package dev.gearshift.simulate;

import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.Share;
import java.util.List;

/**
 * Counts which share of the requests that arrived met each latency target. A request that failed or has not ended missed
 * every target; one with a single token has no TPOT to miss and meets that target.
 */
public final class Attainment {

    private final List<LatencyTarget> targets;
    private final long[] met;
    private long arrived;
    private long ended;
    private long failed;

    /** Of no requests yet. */
    public Attainment(List<LatencyTarget> targets) {
        this.targets = List.copyOf(targets);
        this.met = new long[targets.size()];
    }

    /** The targets, in the order given. */
    public List<LatencyTarget> targets() {
        return targets;
    }

    /** Counts a request that arrived. */
    public void arrive() {
        arrived++;
    }

    /** Counts how a request ended that had arrived. */
    public void end(RequestOutcome outcome) {
        ended++;
        if (outcome instanceof RequestOutcome.Failed) {
            failed++;
        }
        for (int i = 0; i < met.length; i++) {
            if (outcome.meets(targets.get(i))) {
                met[i]++;
            }
        }
    }

    /** Requests that arrived. */
    public long arrived() {
        return arrived;
    }

    /** Requests that failed. */
    public long failed() {
        return failed;
    }

    /** Requests that arrived and have not ended. */
    public long unfinished() {
        return arrived - ended;
    }

    /**
     * The share of the requests that arrived which met a target; all of them when none arrived.
     *
     * @throws IllegalArgumentException when the target is not one of {@link #targets}
     */
    public Share share(LatencyTarget target) {
        return share(index(target));
    }

    /**
     * The share of the requests that ended which met a target; all of them when none ended.
     *
     * @throws IllegalArgumentException when the target is not one of {@link #targets}
     */
    public Share shareOfEnded(LatencyTarget target) {
        return share(met[index(target)], ended);
    }

    /** Whether every target was met by the share of requests its percentile asks for. */
    public boolean reachesAll() {
        for (int i = 0; i < met.length; i++) {
            if (share(i).compareTo(targets.get(i).percentile().share()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether so many requests missed a target already that it cannot be reached with this many arrivals in all. */
    boolean isOutOfReach(long arrivals) {
        for (int i = 0; i < met.length; i++) {
            double best = (arrivals - (ended - met[i])) / (double) arrivals;
            if (best < targets.get(i).percentile().share().value()) {
                return true;
            }
        }
        return false;
    }

    private int index(LatencyTarget target) {
        int index = targets.indexOf(target);
        if (index < 0) {
            throw new IllegalArgumentException("not a target counted here: " + target);
        }
        return index;
    }

    private Share share(int index) {
        return share(met[index], arrived);
    }

    private static Share share(long part, long whole) {
        return whole == 0 ? Share.ALL : new Share(part / (double) whole);
    }
}
