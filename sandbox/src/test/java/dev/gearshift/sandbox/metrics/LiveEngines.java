package dev.gearshift.sandbox.metrics;

import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.sandbox.engine.EngineKind;
import dev.gearshift.sandbox.engine.EnginePage;
import dev.gearshift.sandbox.engine.EngineServer;
import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.EngineTruth;
import dev.gearshift.simulate.SimulatedRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Engines that work in real time, each under a steady stream of equal requests, with their pages on a loopback port. */
final class LiveEngines implements AutoCloseable {

    static final String NAMESPACE = "team";
    static final String MODEL = "m";
    static final double REQUESTS_PER_SECOND = 5;
    static final int INPUT = 300;
    static final int OUTPUT = 40;
    private static final int MAX_MODEL_LENGTH = 4096;
    private static final Duration TICK = Duration.ofMillis(20);

    private static final EngineTruth TRUTH = new EngineTruth(
            new StepCoefficients(
                    Seconds.ofMillis(20), Seconds.ofMillis(0.5), Seconds.ofMillis(0.2 / 1000), Seconds.ofMillis(0.1)),
            2000,
            new EngineLimits(64, 2048));

    private static final class Engine {

        final EngineKind kind;
        final EnginePage page;
        final EngineSimulator engine;
        long next;

        Engine(EngineKind kind, Duration now) {
            this.kind = kind;
            this.page = kind.page(MODEL, MAX_MODEL_LENGTH);
            this.engine = new EngineSimulator(TRUTH, page);
            engine.advanceTo(now);
            this.next = (long) Math.ceil(seconds(now) * REQUESTS_PER_SECOND);
        }

        void advance(Duration now) {
            for (; next / REQUESTS_PER_SECOND <= seconds(now); next++) {
                Duration at = Duration.ofNanos((long) (1e9 * next / REQUESTS_PER_SECOND));
                engine.submit(new SimulatedRequest(next, at, INPUT, OUTPUT), at);
            }
            engine.advanceTo(now);
        }

        private static double seconds(Duration span) {
            return span.toNanos() / 1e9;
        }
    }

    private final long start = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final EngineServer server = EngineServer.start(lock);
    private final Map<String, Engine> processes = new TreeMap<>();
    private final Thread worker = new Thread(this::work, "live-engines");
    private volatile boolean stopped;

    LiveEngines() {
        worker.setDaemon(true);
        worker.start();
    }

    private void work() {
        while (!stopped) {
            locked(() -> processes.values().forEach(process -> process.advance(now())));
            try {
                Thread.sleep(TICK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** How long these engines have worked. */
    Duration now() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Starts an engine in a pod, in place of the one that is there. */
    void start(String pod, EngineKind kind) {
        locked(() -> {
            Engine process = new Engine(kind, now());
            processes.put(pod, process);
            server.register(NAMESPACE, pod, () -> process.page.render(process.engine));
        });
    }

    /** Starts the engine of a pod anew: it forgets what it counted and what it was computing. */
    void restart(String pod) {
        EngineKind kind = locked(() -> {
            Engine process = processes.get(pod);
            return process == null ? EngineKind.VLLM : process.kind;
        });
        start(pod, kind);
    }

    /** Takes a pod away. */
    void remove(String pod) {
        locked(() -> processes.remove(pod));
        server.unregister(NAMESPACE, pod);
    }

    /** Serves a page as it is, without an engine. */
    void serve(String pod, Supplier<String> page) {
        server.register(NAMESPACE, pod, page);
    }

    /** Makes a pod's page misbehave. */
    void become(String pod, EngineServer.Fault fault) {
        server.become(NAMESPACE, pod, fault);
    }

    /** Where a pod's page is. */
    URI page(String pod) {
        return server.metricsOf(NAMESPACE, pod);
    }

    private void locked(Runnable action) {
        locked(() -> {
            action.run();
            return "";
        });
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        stopped = true;
        worker.interrupt();
        server.close();
    }
}
