package dev.gearshift.sandbox.operator;

import dev.gearshift.Gearshift;
import dev.gearshift.kubernetes.view.CachedKind;
import dev.gearshift.loop.PlanSink;
import dev.gearshift.metrics.scrape.HttpMetricsFetcher;
import dev.gearshift.sandbox.apiserver.EmbeddedApiServer;
import dev.gearshift.sandbox.cluster.Cluster;
import dev.gearshift.sandbox.cluster.ControlPlaneGate;
import dev.gearshift.sandbox.cluster.World;
import dev.gearshift.sandbox.time.VirtualClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An operator that works on a world's cluster over HTTP, on threads of its own, while the world's time stands still. The world
 * waits at its gate until every cache of the operator holds what the API server holds and none of its threads has anything left
 * to do.
 */
public final class OperatorInWorld implements ControlPlaneGate, AutoCloseable {

    /** The name the operator gives to the API server. */
    public static final String CLIENT = "gearshift";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 50_000;

    private final Cluster cluster;
    private final EmbeddedApiServer server;
    private final AtomicInteger busy = new AtomicInteger();
    private final KubernetesClient client;
    private final Gearshift gearshift;
    private long settled = -1;

    private OperatorInWorld(
            EmbeddedApiServer server,
            World world,
            VirtualClock clock,
            OperatorOptions options,
            List<PlanSink> observers) {
        this.cluster = world.cluster();
        this.server = server;
        CountedExecutor network = new CountedExecutor("operator-http", busy);
        this.client = new KubernetesClientBuilder()
                .withConfig(server.config(CLIENT))
                .withHttpClientFactory(new JdkHttpClientFactory() {
                    @Override
                    protected void additionalConfig(HttpClient.Builder builder) {
                        builder.executor(network);
                    }
                })
                .withTaskExecutor(new CountedExecutor("operator-informers", busy))
                .build();
        this.gearshift = Gearshift.start(
                new Gearshift.Settings(
                        options.namespaces(), options.planningInterval(), options.source(), Optional.empty()),
                new Gearshift.Edges(
                        client,
                        world.ticker(),
                        clock,
                        new HttpMetricsFetcher(),
                        Optional.of(target -> Optional.of(world.engines()
                                .server()
                                .metricsOf(target.model().namespace(), target.pod()))),
                        Optional.empty(),
                        options.measured(),
                        new CountedExecutor("operator-reconcilers", busy),
                        Metrics.NOOP,
                        observers));
    }

    /**
     * Starts an operator and has the world wait for it.
     *
     * @param options how it works
     * @param observers told of every outcome
     */
    public static OperatorInWorld start(
            EmbeddedApiServer server,
            World world,
            VirtualClock clock,
            OperatorOptions options,
            List<PlanSink> observers) {
        OperatorInWorld operator = new OperatorInWorld(server, world, clock, options, observers);
        world.waitAt(operator);
        return operator;
    }

    @Override
    public void hold() {
        server.pause();
    }

    @Override
    public void release() {
        server.resume();
    }

    @Override
    public void settle(Instant now) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long writes = cluster.writes();
            if (busy.get() == 0
                    && (writes == settled || unseen().isEmpty())
                    && busy.get() == 0
                    && writes == cluster.writes()) {
                settled = writes;
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the operator does not come to rest at " + now + ": " + busy.get()
                        + " tasks are under way, not seen are " + unseen());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** The kinds of which the operator has not seen everything. */
    private List<String> unseen() {
        return gearshift.caches().kinds().stream()
                .filter(kind -> !isSeen(kind))
                .map(kind -> kind.type().getSimpleName())
                .distinct()
                .toList();
    }

    private boolean isSeen(CachedKind<?> kind) {
        return kind.wanted(cluster.list(kind.type()).stream()).equals(kind.versions());
    }

    /** The operator. */
    public Gearshift gearshift() {
        return gearshift;
    }

    /** Ends the operator as a process that is killed: it writes nothing any more. */
    public void kill() {
        client.close();
        gearshift.close();
    }

    /** Stops the operator as a process ends that is told to: what it wrote last and what runs in the cluster stays. */
    @Override
    public void close() {
        gearshift.close();
        client.close();
    }
}
