package dev.gearshift.core.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.BindingLimit;
import dev.gearshift.core.model.Capacity;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.Precision;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.core.model.Tokens;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaCapacityTest {

    private static final StepModel L4 = Examples.model(Examples.l4(Precision.FP8));
    private static final StepModel A100 = Examples.model(Examples.a100(Precision.BF16));
    private static final StepModel H100 = Examples.model(Examples.h100(Precision.FP8, 1));

    @Test
    void fasterHardwareCarriesMore() {
        List<LatencyTarget> targets = List.of(Examples.ttft(2.5, 95), Examples.tpot(0.15, 95));
        double l4 = rate(L4, targets);
        double a100 = rate(A100, targets);
        double h100 = rate(H100, targets);
        assertThat(l4).isBetween(1.0, 2.5);
        assertThat(a100).isGreaterThan(2 * l4);
        assertThat(h100).isGreaterThan(1.5 * a100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void tighterTargetsAndSlowerStepsNeverCarryMore(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            StepModel model = randomModel(random);
            LatencyTarget target = switch (random.nextInt(3)) {
                case 0 -> Examples.ttft(0.1 + 3 * random.nextDouble(), 50 + 49 * random.nextDouble());
                case 1 -> Examples.tpot(0.01 + 0.2 * random.nextDouble(), 50 + 49 * random.nextDouble());
                default -> Examples.endToEnd(5 + 60 * random.nextDouble(), 50 + 49 * random.nextDouble());
            };
            LatencyTarget tighter =
                    new LatencyTarget(target.objective(), target.target().times(0.8), target.percentile());
            StepCoefficients step = model.step();
            StepModel slower = new StepModel(
                    new StepCoefficients(
                            step.alpha().times(1.2),
                            step.beta().times(1.2),
                            step.gamma().times(1.2),
                            step.epsilon().times(1.2)),
                    model.kvCapacity(),
                    model.limits());
            double carried = rate(model, List.of(target));
            String instance = "seed " + seed + ", " + model + ", " + target;
            assertThat(rate(model, List.of(tighter))).as(instance).isLessThanOrEqualTo(carried * 1.0001);
            assertThat(rate(slower, List.of(target))).as(instance).isLessThanOrEqualTo(carried * 1.0001);
            assertThat(rate(model, List.of(target, tighter))).as(instance).isLessThanOrEqualTo(carried * 1.0001);
        }
    }

    @Test
    void theTighterOfTwoTargetsBinds() {
        assertThat(ReplicaCapacity.within(H100, TokenMix.CHAT, List.of(Examples.ttft(1, 95), Examples.tpot(0.02, 95)))
                        .binding())
                .isEqualTo(BindingLimit.TIME_PER_OUTPUT_TOKEN);
        assertThat(ReplicaCapacity.within(H100, TokenMix.CHAT, List.of(Examples.ttft(0.12, 95), Examples.tpot(0.1, 95)))
                        .binding())
                .isEqualTo(BindingLimit.TIME_TO_FIRST_TOKEN);
    }

    @Test
    void aSmallCacheBindsBeforeRelaxedTargets() {
        StepModel model = new StepModel(L4.step(), new Tokens(30_000), L4.limits());
        Capacity capacity =
                ReplicaCapacity.within(model, TokenMix.CHAT, List.of(Examples.ttft(10, 90), Examples.tpot(0.5, 90)));
        assertThat(capacity.binding()).isEqualTo(BindingLimit.KV_CACHE);
        assertThat(capacity.rate().perSecond()).isBetween(0.1, 1.0);
    }

    @Test
    void withoutTargetsTheReplicaItselfIsTheLimit() {
        Capacity capacity = ReplicaCapacity.within(H100, TokenMix.CHAT, List.of());
        assertThat(capacity.isFeasible()).isTrue();
        assertThat(capacity.binding()).isIn(BindingLimit.BATCH, BindingLimit.KV_CACHE);
        assertThat(capacity.rate().perSecond()).isGreaterThanOrEqualTo(rate(H100, List.of(Examples.tpot(0.05, 95))));
    }

    @Test
    void aTargetBelowTheBareStepIsInfeasibleAndSaysWhatCouldBeHad() {
        StepModel model = Examples.model(Examples.l4(Precision.BF16));
        Capacity capacity = ReplicaCapacity.within(model, TokenMix.CHAT, List.of(Examples.tpot(0.04, 95)));
        assertThat(capacity.isFeasible()).isFalse();
        assertThat(capacity.rate()).isEqualTo(RequestRate.ZERO);
        assertThat(capacity.binding()).isEqualTo(BindingLimit.TIME_PER_OUTPUT_TOKEN);
        Seconds best = capacity.infeasible().orElseThrow().best();
        assertThat(best.millis())
                .isBetween(model.step().alpha().millis(), model.step().alpha().millis() + 3);
    }

    @Test
    void aBestValueIsItselfFeasible() {
        for (LatencyTarget target :
                List.of(Examples.ttft(0.05, 95), Examples.tpot(0.01, 99), Examples.endToEnd(0.5, 90))) {
            Seconds best = ReplicaCapacity.within(A100, TokenMix.CHAT, List.of(target))
                    .infeasible()
                    .orElseThrow()
                    .best();
            LatencyTarget reachable = new LatencyTarget(target.objective(), best.times(1.01), target.percentile());
            assertThat(ReplicaCapacity.within(A100, TokenMix.CHAT, List.of(reachable))
                            .isFeasible())
                    .as(reachable.toString())
                    .isTrue();
        }
    }

    @Test
    void weightsThatDoNotFitCarryNothing() {
        StepModel model = new StepModel(L4.step(), Tokens.ZERO, L4.limits());
        Capacity capacity = ReplicaCapacity.within(model, TokenMix.CHAT, List.of(Examples.ttft(10, 95)));
        assertThat(capacity.rate()).isEqualTo(RequestRate.ZERO);
        assertThat(capacity.binding()).isEqualTo(BindingLimit.KV_CACHE);
    }

    @Test
    void attainmentFallsWithTheRateAndIsKeptAtCapacity() {
        LatencyTarget target = Examples.ttft(1, 95);
        double capacity = rate(A100, List.of(target));
        double last = 1;
        for (double part = 0; part < 1.6; part += 0.1) {
            double attained = ReplicaCapacity.attainment(A100, TokenMix.CHAT, target, new RequestRate(part * capacity))
                    .value();
            assertThat(attained).isLessThanOrEqualTo(last);
            last = attained;
        }
        assertThat(ReplicaCapacity.attainment(A100, TokenMix.CHAT, target, new RequestRate(capacity))
                        .value())
                .isGreaterThanOrEqualTo(0.95);
        assertThat(ReplicaCapacity.attainment(A100, TokenMix.CHAT, target, new RequestRate(100))
                        .value())
                .isZero();
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        List<LatencyTarget> targets = List.of(Examples.endToEnd(20, 95));
        assertThat(ReplicaCapacity.within(A100, TokenMix.CHAT, targets))
                .isEqualTo(ReplicaCapacity.within(A100, TokenMix.CHAT, targets));
    }

    private static double rate(StepModel model, List<LatencyTarget> targets) {
        return ReplicaCapacity.within(model, TokenMix.CHAT, targets).rate().perSecond();
    }

    private static StepModel randomModel(SplittableRandom random) {
        return new StepModel(
                new StepCoefficients(
                        Seconds.ofMillis(3 + 60 * random.nextDouble()),
                        Seconds.ofMillis(0.1 * random.nextDouble()),
                        new Seconds(5e-7 * random.nextDouble()),
                        Seconds.ofMillis(0.01 + 0.1 * random.nextDouble())),
                new Tokens(20_000 + 400_000 * random.nextDouble()),
                Examples.LIMITS);
    }
}
