package dev.gearshift.sandbox.traffic;

import dev.gearshift.sandbox.cluster.Engines;
import dev.gearshift.sandbox.cluster.Pods;
import dev.gearshift.sandbox.engine.EnginePage;
import dev.gearshift.sandbox.engine.EngineServer;
import dev.gearshift.simulate.EngineListener;
import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.FailureCause;
import dev.gearshift.simulate.RequestOutcome;
import dev.gearshift.simulate.SimulatedRequest;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One simulated engine per pod that serves, its metrics included. Engines are advanced when somebody asks for a later instant, all
 * under the lock under which metrics are rendered.
 */
public final class EngineHost implements Engines, AutoCloseable {

    private static final class Hosted implements EngineListener {
        final Pod pod;
        final EnginePage metrics;
        final EngineSimulator engine;
        final IdentityHashMap<SimulatedRequest, Consumer<RequestOutcome>> clients = new IdentityHashMap<>();

        @SuppressWarnings("this-escape") // the simulator keeps its listener and calls it only when it is advanced
        Hosted(Pod pod, EngineSpec spec) {
            this.pod = pod;
            this.metrics = spec.kind().page(spec.modelName(), spec.maxModelLength());
            this.engine = new EngineSimulator(spec.truth(), this);
        }

        @Override
        public void stepped(long durationNanos, int decoded, int prefilled) {
            metrics.stepped(durationNanos, decoded, prefilled);
        }

        @Override
        public void firstToken(SimulatedRequest request, Duration submitted, Duration at) {
            metrics.firstToken(request, submitted, at);
        }

        @Override
        public void resumed(long gapNanos) {
            metrics.resumed(gapNanos);
        }

        @Override
        public void ended(RequestOutcome outcome) {
            metrics.ended(outcome);
            Consumer<RequestOutcome> client = clients.remove(outcome.request());
            if (client != null) {
                client.accept(outcome);
            }
        }
    }

    private final Instant start;
    private final Function<Pod, EngineSpec> specs;
    private final ReentrantLock lock = new ReentrantLock();
    private final EngineServer server;
    private final Map<String, Hosted> processes = new LinkedHashMap<>();
    private final Map<String, FailureCause> ended = new LinkedHashMap<>();

    /**
     * A host without engines, listening on a free loopback port.
     *
     * @param start the instant that is zero for the requests' times
     * @param specs what engine runs in a pod
     */
    public EngineHost(Instant start, Function<Pod, EngineSpec> specs) {
        this.start = start;
        this.specs = specs;
        this.server = EngineServer.start(lock);
    }

    /** Where the metrics are. */
    public EngineServer server() {
        return server;
    }

    @Override
    public void start(Pod pod, Instant now) {
        locked(() -> {
            Hosted process = new Hosted(pod, specs.apply(pod));
            process.engine.advanceTo(sinceStart(now));
            processes.put(Pods.uid(pod), process);
            ended.remove(Pods.uid(pod));
            server.register(
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName(),
                    () -> process.metrics.render(process.engine));
        });
    }

    @Override
    public boolean isIdle(Pod pod, Instant now) {
        Hosted process = processes.get(Pods.uid(pod));
        if (process != null) {
            locked(() -> process.engine.advanceTo(sinceStart(now)));
        }
        return process == null || process.engine.isIdle();
    }

    @Override
    public void stop(String uid, FailureCause cause, Instant now) {
        Hosted process = processes.remove(uid);
        if (process != null) {
            ended.put(uid, cause);
            Pod pod = process.pod;
            locked(() -> {
                server.unregister(
                        pod.getMetadata().getNamespace(), pod.getMetadata().getName());
                process.engine.advanceTo(sinceStart(now));
                process.engine.abortAll(cause);
            });
        }
    }

    /** Lets every engine work until {@code now}. */
    public void advanceTo(Instant now) {
        locked(() -> processes.values().forEach(process -> process.engine.advanceTo(sinceStart(now))));
    }

    /**
     * Sends a request to a pod.
     *
     * @param at when, since the start
     * @param client told how it ended
     * @return empty when an engine took it, otherwise why there is none
     */
    public Optional<FailureCause> submit(
            Pod pod, SimulatedRequest request, Duration at, Consumer<RequestOutcome> client) {
        Hosted process = processes.get(Pods.uid(pod));
        if (process == null) {
            return Optional.of(ended.getOrDefault(Pods.uid(pod), FailureCause.NO_REPLICA));
        }
        locked(() -> {
            process.clients.put(request, client);
            process.engine.submit(request, at);
        });
        return Optional.empty();
    }

    /** The engine in a pod, to look at; empty when the pod does not serve. */
    public Optional<EngineSimulator> engine(Pod pod) {
        return Optional.ofNullable(processes.get(Pods.uid(pod))).map(process -> process.engine);
    }

    @Override
    public void close() {
        server.close();
    }

    private Duration sinceStart(Instant instant) {
        return Duration.between(start, instant);
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
