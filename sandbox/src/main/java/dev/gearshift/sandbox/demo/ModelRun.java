package dev.gearshift.sandbox.demo;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.sandbox.traffic.Traffic;
import dev.gearshift.sandbox.traffic.TrafficAccount;
import dev.gearshift.simulate.Attainment;
import dev.gearshift.simulate.RequestOutcome;
import dev.gearshift.simulate.Workload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One model under traffic: what it promised and what became of its requests. */
final class ModelRun {

    private static final Duration DEMAND_WINDOW = Duration.ofSeconds(60);

    private record Arrived(Duration at, long count) {}

    private final ModelSpec spec;
    private final Workload workload;
    private final Attainment attainment;
    private final Deque<Arrived> lately = new ArrayDeque<>();
    private Optional<TrafficAccount> account = Optional.empty();
    private int counted;

    ModelRun(ModelSpec spec, Workload workload) {
        this.spec = spec;
        this.workload = workload;
        this.attainment = new Attainment(spec.objectives().latency());
    }

    ModelSpec spec() {
        return spec;
    }

    /** The requests, from the moment traffic begins. */
    Workload workload() {
        return workload;
    }

    void plays(Traffic traffic) {
        account = Optional.of(traffic.account());
    }

    Optional<TrafficAccount> account() {
        return account;
    }

    /** Counts what ended since the last time. */
    void count(Duration now) {
        account.ifPresent(traffic -> {
            for (long known = attainment.arrived(); known < traffic.arrivals(); known++) {
                attainment.arrive();
            }
            List<RequestOutcome> outcomes = traffic.outcomes();
            for (; counted < outcomes.size(); counted++) {
                attainment.end(outcomes.get(counted));
            }
            lately.addLast(new Arrived(now, traffic.arrivals()));
            while (lately.size() > 2
                    && lately.getFirst().at().plus(DEMAND_WINDOW).compareTo(now) < 0) {
                lately.removeFirst();
            }
        });
    }

    Attainment attainment() {
        return attainment;
    }

    private RequestRate demand() {
        if (lately.size() < 2) {
            return RequestRate.ZERO;
        }
        Duration time = lately.getLast().at().minus(lately.getFirst().at());
        return new RequestRate(
                (lately.getLast().count() - lately.getFirst().count()) / (double) Math.max(1, time.toMillis()) * 1000);
    }

    DemoFrame.ModelFrame frame(Optional<Decision> decision) {
        return new DemoFrame.ModelFrame(
                spec.key().toString(),
                demand(),
                decision,
                spec.objectives().latency().stream().map(this::fared).toList(),
                attainment.arrived(),
                attainment.failed());
    }

    /** Of the requests that ended: those under way have not missed anything yet. */
    private DemoFrame.Fared fared(LatencyTarget target) {
        return new DemoFrame.Fared(target, attainment.shareOfEnded(target));
    }
}
