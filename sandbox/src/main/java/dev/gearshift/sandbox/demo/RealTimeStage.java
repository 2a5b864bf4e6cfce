package dev.gearshift.sandbox.demo;

import dev.gearshift.Gearshift;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.metrics.Windows;
import dev.gearshift.metrics.prometheus.TargetLabels;
import dev.gearshift.prometheus.PrometheusSettings;
import dev.gearshift.sandbox.Sandbox;
import dev.gearshift.sandbox.cluster.ColdStart;
import dev.gearshift.sandbox.cluster.World;
import dev.gearshift.sandbox.cluster.WorldOptions;
import dev.gearshift.sandbox.operator.OperatorOptions;
import dev.gearshift.sandbox.prometheus.PrometheusOptions;
import dev.gearshift.sandbox.prometheus.PrometheusServer;
import dev.gearshift.sandbox.time.DurationRange;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A stage in real time with a real Prometheus between the engines and the operator. Prometheus stamps what it scrapes with the time it
 * has, so the cluster's clock begins at the present and follows the machine's.
 *
 * <p>It is made for five minutes instead of an hour, so nodes and engines come, and empty nodes go, some twelve times as soon as usual.
 * What could not be measured that soon is quickened less: plans are made every 5 seconds, rates taken over 20 and latencies over 60.
 */
final class RealTimeStage implements DemoStage {

    private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(1);
    private static final Windows WINDOWS = new Windows(SCRAPE_INTERVAL, Duration.ofSeconds(20), Duration.ofSeconds(60));
    private static final Duration PLANNING_INTERVAL = Duration.ofSeconds(5);

    /** Several in a scrape interval, so that a page is never much older than its scrape. */
    private static final Duration STRIDE = Duration.ofMillis(200);

    private static final DurationRange PROVISIONING = DurationRange.ofSeconds(5, 7);
    private static final Duration IDLE_TIME = Duration.ofSeconds(5);
    private static final ColdStart COLD_START = new ColdStart(
            DurationRange.ofSeconds(1, 2),
            DurationRange.exactly(Duration.ofMillis(100)),
            DurationRange.ofSeconds(3, 4));

    private final Path program;
    private PrometheusUse use = PrometheusUse.NONE;
    private @Nullable PrometheusServer server;
    private @Nullable ScrapedPods pods;

    /** A stage with the Prometheus of this program. */
    RealTimeStage(Path program) {
        this.program = program;
    }

    @Override
    public Sandbox open(long seed, List<HardwareTier> tiers) {
        PrometheusServer started = start();
        server = started;
        pods = new ScrapedPods(started);
        return new Sandbox(InstantSource.system().instant(), seed, tiers, RealTimeStage::quickened);
    }

    private PrometheusServer start() {
        try {
            return PrometheusServer.start(PrometheusOptions.of(program, SCRAPE_INTERVAL));
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new DemoFailure(program + " does not start: " + PrometheusUse.oneLine(e.getMessage()), e);
        }
    }

    private static WorldOptions quickened(WorldOptions usual) {
        return usual.provisioningNodesIn(PROVISIONING).starting(COLD_START).givingNodesBackAfter(IDLE_TIME);
    }

    @Override
    public DemoScenario scenario() {
        return DemoScenario.MORNING;
    }

    @Override
    public OperatorOptions operator() {
        if (server == null) {
            throw new IllegalStateException("the stage is not open");
        }
        return new OperatorOptions(
                Set.of(),
                PLANNING_INTERVAL,
                new Gearshift.Source.Prometheus(
                        PrometheusSettings.at(server.url()),
                        TargetLabels.DEFAULT,
                        WINDOWS,
                        false,
                        round -> use = use.after(round)),
                UnaryOperator.identity());
    }

    @Override
    public Duration stride() {
        return STRIDE;
    }

    @Override
    public Optional<Double> speed() {
        return Optional.of(1.0);
    }

    @Override
    public void stepped(World world) {
        if (pods != null) {
            pods.follow(world);
        }
    }

    @Override
    public Optional<PrometheusUse> prometheus() {
        return Optional.of(use);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
