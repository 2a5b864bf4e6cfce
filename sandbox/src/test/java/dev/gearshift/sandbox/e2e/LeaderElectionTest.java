package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.Gearshift;
import dev.gearshift.cli.SystemTicker;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.metrics.scrape.HttpMetricsFetcher;
import dev.gearshift.metrics.scrape.ScrapeSettings;
import dev.gearshift.sandbox.apiserver.ClientRequest;
import dev.gearshift.sandbox.apiserver.Fate;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two operators and one lease, in real time, since leases are held in it; the cluster itself stands still. */
@Execution(ExecutionMode.CONCURRENT)
final class LeaderElectionTest {

    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** It runs out only after all patience. */
    private static final Gearshift.Lease.Terms LONG =
            new Gearshift.Lease.Terms(Duration.ofSeconds(30), Duration.ofSeconds(20), OFTEN);

    private static final Gearshift.Lease.Terms SHORT =
            new Gearshift.Lease.Terms(Duration.ofSeconds(2), Duration.ofSeconds(1), OFTEN);

    private final Fleet fleet = Fleet.withoutOperator();
    private final List<ClientRequest> writes = new CopyOnWriteArrayList<>();
    private volatile String cutOff = "";

    /** One of the processes. */
    private static final class Candidate implements AutoCloseable {

        private final KubernetesClient client;
        private final SystemTicker ticker;
        private final Gearshift gearshift;

        Candidate(Fleet fleet, String name, Gearshift.Lease.Terms terms) {
            InstantSource clock = InstantSource.system();
            client = new KubernetesClientBuilder()
                    .withConfig(fleet.sandbox().server().config(name))
                    .withHttpClientFactory(new JdkHttpClientFactory())
                    .build();
            ticker = new SystemTicker(clock, PATIENCE);
            gearshift = Gearshift.start(
                    new Gearshift.Settings(
                            Set.of(),
                            OFTEN,
                            new Gearshift.Source.Scrape(ScrapeSettings.DEFAULT),
                            // A process would stop when its lease is lost; this one goes on as long as it can.
                            Optional.of(new Gearshift.Lease("gearshift", "default", name, terms, () -> {}))),
                    new Gearshift.Edges(
                            client,
                            ticker,
                            clock,
                            new HttpMetricsFetcher(),
                            Optional.empty(),
                            Optional.empty(),
                            UnaryOperator.identity(),
                            Executors.newCachedThreadPool(),
                            Metrics.NOOP,
                            List.of()));
        }

        boolean leads() {
            return gearshift.isLeading();
        }

        void stop() {
            gearshift.close();
        }

        @Override
        public void close() {
            stop();
            ticker.close();
            client.close();
        }
    }

    @BeforeEach
    void watchWrites() {
        fleet.sandbox().server().interfere(request -> {
            if (request.client().equals(cutOff)) {
                return Fate.refused(503);
            }
            if (request.writes() && !request.what().equals("Lease")) {
                writes.add(request);
            }
            return Fate.ANSWERED;
        });
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private static void until(String what, BooleanSupplier isSo) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private boolean isServed(String model) {
        return fleet.service(model).isPresent()
                && !fleet.ordered(model).isEmpty()
                && fleet.model(model).get().getStatus() != null;
    }

    private List<ClientRequest> writesOf(String candidate) {
        return writes.stream().filter(write -> write.client().equals(candidate)).toList();
    }

    @Test
    void oneThatStopsHandsTheLeaseOver() {
        try (Candidate first = new Candidate(fleet, "first", LONG)) {
            until("the first leads", first::leads);
            try (Candidate second = new Candidate(fleet, "second", LONG)) {
                fleet.apply(Fleet.chat());
                until("the model is served", () -> isServed(Fleet.CHAT));
                assertThat(second.leads()).isFalse();
                assertThat(writesOf("second")).isEmpty();
                first.stop();
                until("the second leads long before the lease runs out", second::leads);
                writes.clear();
                fleet.apply(Fleet.chat().named("other"));
                until("the other model is served", () -> isServed("other"));
                assertThat(writesOf("second")).isNotEmpty();
                assertThat(writesOf("first")).isEmpty();
            }
        }
    }

    @Test
    void oneThatIsCutOffIsReplacedAndWritesNothingWhenItIsBack() {
        try (Candidate first = new Candidate(fleet, "first", SHORT)) {
            until("the first leads", first::leads);
            fleet.apply(Fleet.chat());
            until("the model is served", () -> isServed(Fleet.CHAT));
            try (Candidate second = new Candidate(fleet, "second", SHORT)) {
                cutOff = "first";
                until("the second leads", second::leads);
                assertThat(first.leads()).isFalse();
                cutOff = "";
                writes.clear();
                fleet.apply(Fleet.chat().with("spec.template.spec.containers[0].image", "example.com/engine:changed"));
                until("the change is carried out", () -> runs("example.com/engine:changed"));
                fleet.apply(Fleet.chat().named("other"));
                until("the other model is served", () -> isServed("other"));
                until("the first sees it, too", () -> hasSeen(first, "other"));
                assertThat(first.leads()).isFalse();
                assertThat(writesOf("second")).isNotEmpty();
                assertThat(writesOf("first")).isEmpty();
            }
        }
    }

    private boolean runs(String image) {
        return fleet.client().apps().deployments().inNamespace(Fleet.NAMESPACE).list().getItems().stream()
                .anyMatch(deployment -> image.equals(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage()));
    }

    private static boolean hasSeen(Candidate candidate, String model) {
        Optional<ModelDeployment> seen = candidate.gearshift.caches().model(new ModelKey(Fleet.NAMESPACE, model));
        return seen.isPresent() && seen.get().getStatus() != null;
    }
}
