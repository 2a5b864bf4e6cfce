package dev.gearshift.sandbox.cluster;

import dev.gearshift.core.model.ReplicaPhase;
import dev.gearshift.sandbox.apiserver.ClusterStore;
import dev.gearshift.sandbox.time.Agenda;
import dev.gearshift.sandbox.time.VirtualClock;
import dev.gearshift.sandbox.time.VirtualTicker;
import dev.gearshift.sandbox.traffic.EngineHost;
import dev.gearshift.sandbox.traffic.Traffic;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A GPU cluster in virtual time, moved by the one thread that calls {@link #advanceTo}.
 *
 * <p>Time goes from control instant to control instant: the next happening or wake of the agenda, the next due task of the ticker.
 * In between, requests arrive and engines work in continuous time against the endpoints as they stand. At a control instant the engines
 * are advanced to it, what is due happens, the controllers act until nothing changes, the gate waits for the operator, due tasks
 * run, and all that again until there is no further write. Equal seeds, equal calls and an operator that decides
 * equally give equal logs.
 */
public final class World implements AutoCloseable {

    /** More rounds than this at one instant mean that two parties undo each other's work. */
    private static final int MOST_ROUNDS = 1000;

    private final WorldOptions options;
    private final VirtualClock clock;
    private final Cluster cluster;
    private final Agenda agenda = new Agenda();
    private final WorldLog log = new WorldLog();
    private final NodeLedger ledger = new NodeLedger();
    private final VirtualTicker ticker;
    private final EngineHost host;
    private final ServiceEndpoints endpoints;
    private final Disturbances disturbances;
    private final List<Controller> controllers;
    private final List<Traffic> traffic = new ArrayList<>();
    private ControlPlaneGate gate = ControlPlaneGate.OPEN;
    private long seen = -1;

    /**
     * A world at its beginning.
     *
     * @param options what it is like
     * @param clock its clock, also the API server's; shows {@link WorldOptions#start} and is moved by nobody else
     * @param store its API server's objects
     */
    public World(WorldOptions options, VirtualClock clock, ClusterStore store) {
        if (!clock.instant().equals(options.start())) {
            throw new IllegalArgumentException(
                    "the clock shows " + clock.instant() + ", but the world begins at " + options.start());
        }
        this.options = options;
        this.clock = clock;
        this.cluster = new Cluster(store);
        this.ticker = new VirtualTicker(clock);
        this.host = new EngineHost(options.start(), options.engines());
        this.endpoints = new ServiceEndpoints(cluster);
        EventRecorder events = new EventRecorder(cluster, log);
        ClusterParts parts = new ClusterParts(cluster, agenda, events, log, ledger);
        Faults faults = new Faults();
        Quotas quotas = new Quotas();
        Kubelets kubelets = new Kubelets(parts, host, faults, options);
        NodeLife nodes = new NodeLife(parts, kubelets);
        NodeAutoscaler autoscaler = new NodeAutoscaler(parts, nodes, options);
        this.disturbances = new Disturbances(parts, nodes, autoscaler, kubelets, faults, quotas, options);
        this.controllers = List.of(
                new DeploymentController(cluster),
                new ReplicaSetController(cluster, agenda, quotas, log),
                new GarbageCollector(cluster, options.collected()),
                new Scheduler(cluster, events, log),
                autoscaler,
                kubelets);
        autoscaler.begin(options.start());
    }

    /** Has the world wait at this gate from now on. */
    public void waitAt(ControlPlaneGate other) {
        gate = other;
    }

    /** Adds traffic; requests that should have arrived already do so at once. */
    public Traffic play(Traffic more) {
        traffic.add(more);
        return more;
    }

    /** Lets time pass. */
    public void advance(Duration time) {
        advanceTo(now().plus(time));
    }

    /** Lets time pass until {@code target}; everything due at that instant has happened then. */
    public void advanceTo(Instant target) {
        settle(now());
        while (now().isBefore(target)) {
            Instant next = earliest(agenda.next(), earliest(ticker.next(), target));
            Instant until = next.isBefore(now()) ? now() : next;
            playTraffic(until);
            host.advanceTo(until);
            clock.moveTo(until);
            settle(until);
        }
    }

    private static Instant earliest(Optional<Instant> one, Instant other) {
        return one.filter(instant -> instant.isBefore(other)).orElse(other);
    }

    private void playTraffic(Instant until) {
        Duration offset = Duration.between(options.start(), until);
        IdentityHashMap<Traffic, List<Pod>> reached = new IdentityHashMap<>();
        traffic.forEach(each -> reached.put(each, endpoints.of(each.namespace(), each.service())));
        // In the order of all their requests: an engine that two of them reach takes none from its past.
        while (true) {
            Optional<Traffic> first = traffic.stream()
                    .filter(each -> each.next().isPresent())
                    .min(Comparator.comparing(each -> each.next().orElseThrow()))
                    .filter(each -> each.next().orElseThrow().compareTo(offset) < 0);
            if (first.isEmpty()) {
                return;
            }
            first.get().playNext(Objects.requireNonNull(reached.get(first.get())), host);
        }
    }

    private void settle(Instant now) {
        boolean again = true;
        for (int round = 0; again; round++) {
            if (round > MOST_ROUNDS) {
                throw new IllegalStateException("the cluster does not come to rest at " + now);
            }
            boolean first = round == 0;
            held(() -> control(now, agenda.runDue(now) || first));
            long shown = cluster.writes();
            gate.settle(now);
            held(() -> control(now, false));
            // What the controllers answered to the operator is something it has not seen.
            boolean ran = ticker.runDue(now);
            if (ran) {
                gate.settle(now);
            }
            again = ran || shown != cluster.writes();
        }
    }

    /** Acts on the cluster while the operator stands still. */
    private void held(Runnable action) {
        gate.hold();
        try {
            action.run();
        } finally {
            gate.release();
        }
    }

    /** Has the controllers act until none of them writes. */
    private void control(Instant now, boolean atLeastOnce) {
        boolean again = atLeastOnce;
        for (int round = 0; again || seen != cluster.writes(); round++) {
            if (round > MOST_ROUNDS) {
                throw new IllegalStateException("the controllers do not come to rest at " + now);
            }
            again = false;
            seen = cluster.writes();
            controllers.forEach(controller -> controller.reconcile(now));
        }
    }

    /** The present. */
    public Instant now() {
        return clock.instant();
    }

    /** How long the world has existed. */
    public Duration age() {
        return Duration.between(options.start(), now());
    }

    /** The ticker to give to an operator. */
    public VirtualTicker ticker() {
        return ticker;
    }

    /** The objects. */
    public Cluster cluster() {
        return cluster;
    }

    /** The bill. */
    public NodeLedger ledger() {
        return ledger;
    }

    /** What happened. */
    public WorldLog log() {
        return log;
    }

    /** The engines. */
    public EngineHost engines() {
        return host;
    }

    /** Which pods are behind a Service. */
    public ServiceEndpoints endpoints() {
        return endpoints;
    }

    /** What can go wrong. */
    public Disturbances disturbances() {
        return disturbances;
    }

    /** How many pods each tier has in each phase of life; by the tier's label, tiers and phases without pods left out. */
    public SortedMap<String, Map<ReplicaPhase, Integer>> replicas() {
        SortedMap<String, Map<ReplicaPhase, Integer>> counts = new TreeMap<>();
        cluster.pods()
                .forEach(pod -> Pods.tier(pod)
                        .ifPresent(tier -> counts.computeIfAbsent(tier, any -> new EnumMap<>(ReplicaPhase.class))
                                .merge(Pods.replicaPhase(pod), 1, Integer::sum)));
        return counts;
    }

    @Override
    public void close() {
        host.close();
    }
}
