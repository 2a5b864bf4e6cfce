package dev.gearshift.sandbox.demo;

import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.sandbox.Sandbox;
import dev.gearshift.sandbox.cluster.World;
import dev.gearshift.sandbox.operator.OperatorOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A stage in virtual time: the same seed gives the same demo, however fast it passes. */
record VirtualStage(Optional<Double> speed) implements DemoStage {

    @Override
    public Sandbox open(long seed, List<HardwareTier> tiers) {
        return new Sandbox(seed, tiers, world -> world);
    }

    @Override
    public DemoScenario scenario() {
        return DemoScenario.DAY;
    }

    @Override
    public OperatorOptions operator() {
        return OperatorOptions.USUAL;
    }

    @Override
    public Duration stride() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void stepped(World world) {}

    @Override
    public Optional<PrometheusUse> prometheus() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
