package dev.gearshift;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.kubernetes.memory.ConfigMapMemory;
import dev.gearshift.kubernetes.reconcile.HardwareTierReconciler;
import dev.gearshift.kubernetes.reconcile.ModelDeploymentReconciler;
import dev.gearshift.kubernetes.reconcile.PlanStore;
import dev.gearshift.kubernetes.view.CachedClusterView;
import dev.gearshift.kubernetes.view.ClusterCaches;
import dev.gearshift.kubernetes.view.EngineAddresses;
import dev.gearshift.kubernetes.view.RoutingObjects;
import dev.gearshift.loop.ClusterView;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.loop.PlanSink;
import dev.gearshift.loop.PlanningLoop;
import dev.gearshift.loop.PriceBook;
import dev.gearshift.loop.Ticker;
import dev.gearshift.metrics.Windows;
import dev.gearshift.metrics.prometheus.TargetLabels;
import dev.gearshift.metrics.scrape.MetricsFetcher;
import dev.gearshift.metrics.scrape.ScrapeSettings;
import dev.gearshift.prometheus.PrometheusApi;
import dev.gearshift.prometheus.PrometheusSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The operator, put together: caches and reconcilers on a Kubernetes client, the scraper and the planning loop on a ticker. The same
 * in production and in the sandbox; only what surrounds it differs.
 */
public final class Gearshift implements AutoCloseable {

    /** The task that asks the engines how they do. */
    public static final String SCRAPE_TASK = "scrape";

    /** The task that decides. */
    public static final String PLANNING_TASK = "planning";

    private static final int FIRST_RETRY_MILLIS = 1_000;
    private static final int LONGEST_RETRY_MILLIS = 60_000;
    private static final Duration STOPPING = Duration.ofSeconds(10);
    private static final Duration LAST_WRITES = Duration.ofSeconds(5);

    /**
     * What surrounds the operator.
     *
     * @param client the cluster; not closed by the operator
     * @param ticker what makes it look and plan
     * @param clock what time it is
     * @param fetcher gets engines' metrics
     * @param endpoints where a pod's metrics are, when not at its own address
     * @param prices what tiers cost; as they declare when empty
     * @param measured what is put around the source of metrics, to tell more than it does
     * @param executor what reconcilers run on
     * @param controllers counts what the controllers do
     * @param observers told of every outcome after the reconcilers were
     */
    public record Edges(
            KubernetesClient client,
            Ticker ticker,
            InstantSource clock,
            MetricsFetcher fetcher,
            Optional<Function<Target, Optional<URI>>> endpoints,
            Optional<PriceBook> prices,
            UnaryOperator<MetricsSource> measured,
            ExecutorService executor,
            Metrics controllers,
            List<PlanSink> observers) {

        public Edges {
            observers = List.copyOf(observers);
        }
    }

    /**
     * How the operator works.
     *
     * @param namespaces where it works; all when empty
     * @param planningInterval from one plan to the next
     * @param source where the engines' metrics come from
     * @param lease the lease that says which of several operators acts; empty when there is only one
     */
    public record Settings(Set<String> namespaces, Duration planningInterval, Source source, Optional<Lease> lease) {

        public Settings {
            namespaces = Set.copyOf(namespaces);
        }
    }

    /** Where the engines' metrics come from. */
    public sealed interface Source {

        /**
         * The operator asks the engines itself.
         *
         * @param settings how
         */
        record Scrape(ScrapeSettings settings) implements Source {}

        /**
         * Prometheus, or what speaks its language, asks the engines, and the operator asks it.
         *
         * @param settings where it is
         * @param labels how series tell which pod they are of
         * @param windows over how long is looked
         * @param prices whether it is asked for prices, too
         * @param observer told of every round of queries
         */
        record Prometheus(
                PrometheusSettings settings,
                TargetLabels labels,
                Windows windows,
                boolean prices,
                Consumer<PrometheusApi.Round> observer)
                implements Source {}
    }

    /**
     * A lease.
     *
     * @param name its name
     * @param namespace where it is
     * @param identity who asks for it
     * @param terms how it is held
     * @param lost called when it was held and is not any more, and the operator was not told to stop
     */
    public record Lease(String name, String namespace, String identity, Terms terms, Runnable lost) {

        /**
         * How a lease is held. Between the second and the first span, what its holder began before it lost it comes to an end.
         *
         * @param lasts how long it lasts after it was last renewed, in whole seconds
         * @param renewsWithin how long its holder tries to renew it before it gives up
         * @param triesEvery how often it is asked for and renewed
         */
        public record Terms(Duration lasts, Duration renewsWithin, Duration triesEvery) {

            /** As Kubernetes' own controllers hold theirs. */
            public static final Terms USUAL = new Terms(
                    LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE,
                    LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE,
                    LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE);
        }
    }

    private final Operator operator;
    private final Sources sources;
    private final ConfigMapMemory memory;
    private final HardwareTierReconciler tiers;
    private final ModelDeploymentReconciler models;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean leading = new AtomicBoolean();
    private final AtomicBoolean deposed = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final KubernetesClient client;
    private final Optional<Lease> lease;

    private Gearshift(Settings settings, Edges edges) {
        this.client = edges.client();
        this.lease = settings.lease();
        PlanStore plans = new PlanStore(new PlanStore.Wakers() {
            @Override
            public void wake(ModelKey model) {
                models().wake(model);
            }

            @Override
            public void intervalOver() {
                models().forgetGone();
                tiers().wakeAll();
            }
        });
        this.tiers = new HardwareTierReconciler(
                edges.client(),
                plans,
                edges.clock(),
                () -> settings.namespaces().isEmpty() && !deposed.get(),
                this::filledCaches);
        RoutingObjects routes = new RoutingObjects(edges.client(), settings.namespaces());
        this.models = new ModelDeploymentReconciler(
                edges.client(), plans, edges.clock(), () -> tiers().tiers(), routes, () -> !deposed.get());
        this.operator = operator(settings, edges);
        register(settings);
        ClusterView view = new CachedClusterView(this::caches, routes);
        this.memory = new ConfigMapMemory(edges.client(), model -> caches().model(model), edges.executor());
        this.sources = Sources.of(settings.source(), edges, new EngineAddresses(this::caches));
        MetricsSource metrics = edges.measured().apply(sources.metrics());
        List<PlanSink> sinks = new ArrayList<>(List.of(plans));
        sinks.addAll(edges.observers());
        PlanningLoop loop = new PlanningLoop(view, metrics, sources.prices(), memory, sinks);
        sources.rounds()
                .ifPresent(rounds -> every(
                        edges,
                        SCRAPE_TASK,
                        rounds.interval(),
                        now -> rounds.work().accept(view.read().targets(), now)));
        every(edges, PLANNING_TASK, settings.planningInterval(), now -> {
            models.lookForRoutes(now);
            loop.plan(now);
        });
    }

    /**
     * Starts an operator. Returns when its caches are filled; where there is a lease, it acts once it holds that.
     *
     * @throws io.javaoperatorsdk.operator.OperatorException when the cluster cannot be read
     */
    public static Gearshift start(Settings settings, Edges edges) {
        Gearshift gearshift = new Gearshift(settings, edges);
        gearshift.operator.start();
        gearshift.started.set(true);
        if (settings.lease().isEmpty()) {
            gearshift.leading.set(true);
        }
        return gearshift;
    }

    private interface Task {
        void run(Instant now);
    }

    private void every(Edges edges, String name, Duration interval, Task task) {
        edges.ticker().every(name, interval, now -> {
            if (isLeading()) {
                task.run(now);
            }
        });
    }

    private Operator operator(Settings settings, Edges edges) {
        return new Operator(overrider -> {
            overrider
                    .withKubernetesClient(edges.client())
                    .withCloseClientOnStop(false)
                    .withExecutorService(edges.executor())
                    .withMetrics(edges.controllers())
                    .checkingCRDAndValidateLocalModel(false)
                    .withCloneSecondaryResourcesWhenGettingFromCache(false)
                    .withReconciliationTerminationTimeout(STOPPING);
            settings.lease().ifPresent(lease -> overrider.withLeaderElectionConfiguration(election(lease)));
        });
    }

    private LeaderElectionConfiguration election(Lease lease) {
        return new LeaderElectionConfiguration(
                lease.name(),
                lease.namespace(),
                lease.terms().lasts(),
                lease.terms().renewsWithin(),
                lease.terms().triesEvery(),
                lease.identity(),
                new LeaderCallbacks(() -> leading.set(true), () -> lostLease(lease), identity -> {}),
                false);
    }

    /** An operator that lost its lease must not write any more: its process is to end and start anew. */
    private void lostLease(Lease lease) {
        if (!stopped.get()) {
            leading.set(false);
            deposed.set(true);
            lease.lost().run();
        }
    }

    private void register(Settings settings) {
        operator.register(tiers, overrider -> overrider.withRetry(retry()));
        operator.register(models, overrider -> {
            overrider.withRetry(retry());
            if (!settings.namespaces().isEmpty()) {
                overrider.settingNamespaces(settings.namespaces());
            }
        });
    }

    private static GenericRetry retry() {
        return new GenericRetry()
                .setInitialInterval(FIRST_RETRY_MILLIS)
                .setIntervalMultiplier(2)
                .setMaxInterval(LONGEST_RETRY_MILLIS)
                .withoutMaxAttempts();
    }

    private HardwareTierReconciler tiers() {
        return tiers;
    }

    private ModelDeploymentReconciler models() {
        return models;
    }

    /** The caches once they are filled: tiers that exist at a start may be reconciled before. */
    private Optional<ClusterCaches> filledCaches() {
        return started.get() ? Optional.of(caches()) : Optional.empty();
    }

    /** What the operator knows of the cluster. */
    public ClusterCaches caches() {
        return models.caches();
    }

    /** Whether this operator acts: it runs, and holds the lease where there is one. */
    public boolean isLeading() {
        return leading.get() && !stopped.get();
    }

    /** Whether the controllers run. */
    public boolean isRunning() {
        return operator.getRuntimeInfo().isStarted() && !stopped.get();
    }

    /** Whether every informer is in order. */
    public boolean isHealthy() {
        return isRunning() && operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    /**
     * Stops; what is being written is finished first, and the lease is given back then. Everything that runs in the cluster goes on.
     */
    @Override
    public void close() {
        boolean acts = isLeading();
        if (stopped.compareAndSet(false, true)) {
            if (acts) {
                // Before the lease is given back: whoever gets it reads what is written here.
                memory.stop(LAST_WRITES);
            }
            operator.stop();
            if (leading.getAndSet(false)) {
                lease.ifPresent(held -> HeldLease.giveBack(client, held));
            }
            sources.closing().forEach(Runnable::run);
        }
    }
}
