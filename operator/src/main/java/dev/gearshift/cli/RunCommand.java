package dev.gearshift.cli;

import dev.gearshift.Gearshift;
import dev.gearshift.metrics.Windows;
import dev.gearshift.metrics.scrape.HttpMetricsFetcher;
import dev.gearshift.metrics.scrape.ScrapeSettings;
import dev.gearshift.telemetry.DecisionMeters;
import dev.gearshift.telemetry.HealthChecks;
import dev.gearshift.telemetry.Management;
import dev.gearshift.telemetry.PlanningFailures;
import dev.gearshift.telemetry.ProcessMeters;
import dev.gearshift.telemetry.QueryMeters;
import dev.gearshift.telemetry.TierMeters;
import dev.gearshift.telemetry.TimedTicker;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gearshift run}: the operator, until the process is told to stop. */
@Command(
        name = "run",
        description =
                "Runs the operator against the cluster of the current kubeconfig, or the one this process runs in.")
public final class RunCommand implements Callable<Integer> {

    private static final String LEASE = "gearshift";
    private static final int RECONCILERS = 10;
    private static final int CLIENT_RETRIES = 2;
    private static final int USAGE = 2;
    private static final Duration STOPPING = Duration.ofSeconds(10);

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final PrometheusOptions prometheus = new PrometheusOptions();

    @Override
    public Integer call() throws InterruptedException, IOException {
        options.logFormat().use();
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        if (options.scrapeInterval().compareTo(options.planningInterval()) > 0) {
            log.error("--scrape-interval must not be longer than --planning-interval: every plan needs newer metrics");
            return USAGE;
        }
        InstantSource clock = InstantSource.system();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMeters.addTo(registry, Version.number());
        Gearshift.Source source;
        try {
            source = source(registry);
        } catch (IllegalArgumentException unusable) {
            log.error("the options for Prometheus do not fit together: {}", unusable.getMessage());
            return USAGE;
        }
        AtomicReference<Gearshift> running = new AtomicReference<>();
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicBoolean lost = new AtomicBoolean();
        Runnable onLost = () -> {
            log.error("the lease was lost to another process: stopping");
            lost.set(true);
            stop.countDown();
        };
        try (KubernetesClient client = client();
                SystemTicker system = new SystemTicker(clock, STOPPING)) {
            TimedTicker ticker = new TimedTicker(system, registry);
            HealthChecks health = new HealthChecks(
                    options.planningInterval(),
                    () -> ticker.lastEndedWell(Gearshift.PLANNING_TASK),
                    () -> Optional.ofNullable(running.get())
                            .filter(Gearshift::isLeading)
                            .isPresent(),
                    List.of(new HealthChecks.Condition(
                            "the caches of the cluster",
                            () -> Optional.ofNullable(running.get())
                                    .filter(Gearshift::isHealthy)
                                    .isPresent())),
                    clock);
            try (Management management = Management.start(
                    new Management.Ports(options.metricsPort(), options.healthPort()),
                    registry,
                    health::liveness,
                    health::readiness)) {
                log.info(
                        "metrics on port {}, health on port {}, cluster {}",
                        management.metricsPort(),
                        management.healthPort(),
                        client.getMasterUrl());
                onShutdown(stop, stopped);
                try (Gearshift gearshift =
                        Gearshift.start(settings(client, source, onLost), edges(client, ticker, clock, registry))) {
                    running.set(gearshift);
                    log.info("started");
                    stop.await();
                    log.info("stopping");
                }
            }
        } catch (KubernetesClientException | OperatorException e) {
            log.error("the cluster cannot be used: {}", e.getMessage(), e);
            return 1;
        } catch (IOException e) {
            log.error(
                    "port {} or {} cannot be listened on: {}",
                    options.metricsPort(),
                    options.healthPort(),
                    e.getMessage());
            return 1;
        } finally {
            stopped.countDown();
        }
        return lost.get() ? 1 : 0;
    }

    private static KubernetesClient client() {
        // A reconciler must not sleep through ten retries of the client: it is run again by itself, and tells what is
        // wrong.
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.autoConfigure(null))
                        .withRequestRetryBackoffLimit(CLIENT_RETRIES)
                        .build())
                .build();
    }

    private Gearshift.Source source(PrometheusMeterRegistry registry) {
        return prometheus
                .source(new QueryMeters(registry))
                .orElseGet(() -> new Gearshift.Source.Scrape(new ScrapeSettings(
                        Windows.scrapedEvery(options.scrapeInterval()), ScrapeSettings.DEFAULT.parallelism())));
    }

    private Gearshift.Settings settings(KubernetesClient client, Gearshift.Source source, Runnable onLost) {
        return new Gearshift.Settings(
                options.watchNamespaces(),
                options.planningInterval(),
                source,
                options.leaderElection()
                        ? Optional.of(new Gearshift.Lease(
                                LEASE, namespace(client), identity(), Gearshift.Lease.Terms.USUAL, onLost))
                        : Optional.empty());
    }

    /** Where this process runs in a cluster, as the service account's mount or the kubeconfig says. */
    private static String namespace(KubernetesClient client) {
        return Objects.requireNonNullElse(client.getNamespace(), "default");
    }

    private static String identity() {
        return Objects.requireNonNullElse(System.getenv("HOSTNAME"), LEASE) + "-" + UUID.randomUUID();
    }

    private static Gearshift.Edges edges(
            KubernetesClient client, TimedTicker ticker, InstantSource clock, PrometheusMeterRegistry registry) {
        return new Gearshift.Edges(
                client,
                ticker,
                clock,
                new HttpMetricsFetcher(),
                Optional.empty(),
                Optional.empty(),
                UnaryOperator.identity(),
                Executors.newFixedThreadPool(RECONCILERS),
                MicrometerMetrics.withoutPerResourceMetrics(registry),
                List.of(new DecisionMeters(registry), new TierMeters(registry), new PlanningFailures(registry)));
    }

    /** A signal ends the wait, and the process lives until everything is closed. */
    private static void onShutdown(CountDownLatch stop, CountDownLatch stopped) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.countDown();
                            try {
                                stopped.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "stop"));
    }
}
