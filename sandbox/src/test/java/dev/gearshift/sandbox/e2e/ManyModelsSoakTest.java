package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.Main;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.sandbox.apiserver.ClusterStore;
import dev.gearshift.sandbox.apiserver.RequestCounters;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator as it ships, in a process of its own with a small heap, started on a cluster with many models; the figures are in
 * {@code docs/benchmarks.md}. The cluster stands still: no pod ever comes, so that all time is the operator's and the API server's.
 */
@Tag("soak")
final class ManyModelsSoakTest {

    private static final int MODELS = 500;
    private static final Duration IN_TIME = Duration.ofSeconds(60);

    private final Path directory;

    ManyModelsSoakTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void fiveHundredModelsAreServedWithinAMinuteAndARestartChangesNothing() throws Exception {
        try (Fleet fleet = Fleet.withoutOperator()) {
            // There is enough of everything.
            fleet.apply(Fleet.tier("l4-spot").with("spec.limit", MODELS));
            for (int i = 0; i < MODELS; i++) {
                fleet.apply(Fleet.chat().named("model-" + i));
            }
            RequestCounters requests = fleet.sandbox().server().requests();
            requests.reset();
            Duration first = run(fleet, () -> isSteady(fleet));
            System.out.printf("first start: steady after %s, writes %s%n", first, requests.writes());
            assertThat(first).isLessThanOrEqualTo(IN_TIME);
            requests.reset();
            // Two plans and what follows from them.
            Duration second = run(fleet, () -> requests.requests("apply", "Deployment") >= 2 * MODELS);
            System.out.printf(
                    "restart: looked through after %s, writes %s, requests %s%n",
                    second, requests.writes(), requests.requests());
            assertThat(second).isLessThanOrEqualTo(IN_TIME);
            assertThat(requests.writes().keySet())
                    .isSubsetOf(
                            "apply ModelDeployment/status",
                            "apply HardwareTier/status",
                            "create Event",
                            "patch Event",
                            "patch Lease",
                            "update Lease");
            assertThat(requests.writes().getOrDefault("apply ModelDeployment/status", 0L))
                    .isLessThanOrEqualTo(MODELS);
        }
    }

    private static boolean isSteady(Fleet fleet) {
        ClusterStore store = fleet.sandbox().server().store();
        return store.list(Deployment.class).size() >= MODELS
                && store.list(Service.class).size() >= 2 * MODELS
                && store.list(PodDisruptionBudget.class).size() >= MODELS
                && store.list(ModelDeployment.class).stream()
                        .allMatch(model -> Optional.ofNullable(model.getStatus())
                                .filter(status -> status.gear() != null)
                                .isPresent());
    }

    /** Starts the process, waits until something is so, and ends it. */
    private Duration run(Fleet fleet, BooleanSupplier isSo) throws IOException, InterruptedException {
        Path config = Files.writeString(directory.resolve("config"), """
                apiVersion: v1
                kind: Config
                current-context: sandbox
                contexts: [{name: sandbox, context: {cluster: sandbox, user: nobody, namespace: default}}]
                clusters: [{name: sandbox, cluster: {server: "%s"}}]
                users: [{name: nobody, user: {}}]
                """.formatted(
                        fleet.sandbox().server().config().getMasterUrl()));
        Path log = directory.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dlogback.configurationFile=logback.xml",
                        Main.class.getName(),
                        "run",
                        "--metrics-port=0",
                        "--health-port=0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("KUBECONFIG", config.toString());
        long began = System.nanoTime();
        Process process = builder.start();
        try {
            while (!isSo.getAsBoolean()) {
                assertThat(process.isAlive()).as(() -> text(log)).isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .as(() -> text(log))
                        .isLessThan(IN_TIME.plusSeconds(20));
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
            return Duration.ofNanos(System.nanoTime() - began);
        } finally {
            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(text(log)).doesNotContain("OutOfMemoryError");
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
