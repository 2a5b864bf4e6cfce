package dev.gearshift.sandbox.demo;

import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.sandbox.Sandbox;
import dev.gearshift.sandbox.cluster.World;
import dev.gearshift.sandbox.operator.OperatorOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where a demo is played: what its cluster is like, how time passes there, and how the operator works. */
interface DemoStage extends AutoCloseable {

    /** The stage that was asked for. */
    static DemoStage of(DemoOptions options) {
        return options.prometheus()
                .<DemoStage>map(RealTimeStage::new)
                .orElseGet(() -> new VirtualStage(options.speed()));
    }

    /**
     * The cluster, at its beginning; asked for once, and closed by whoever asked.
     *
     * @throws DemoFailure when something that is needed does not start
     */
    Sandbox open(long seed, List<HardwareTier> tiers);

    /** What happens there. */
    DemoScenario scenario();

    /** How the operator works. */
    OperatorOptions operator();

    /** How long a step is, in the cluster's time. */
    Duration stride();

    /** Virtual seconds a second; empty for as fast as possible. */
    Optional<Double> speed();

    /** Called after each step. */
    void stepped(World world);

    /** What Prometheus was asked so far; empty where there is none. */
    Optional<PrometheusUse> prometheus();

    /** Ends what is around the cluster. */
    @Override
    void close();
}
