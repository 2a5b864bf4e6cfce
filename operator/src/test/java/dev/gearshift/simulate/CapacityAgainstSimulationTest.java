package dev.gearshift.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.core.predict.ReplicaCapacity;
import dev.gearshift.core.predict.StepModel;
import dev.gearshift.core.predict.TokenMix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the planner calls capacity, replayed step by step on an engine exactly as fast as the planner believes. */
class CapacityAgainstSimulationTest {

    private static final int REQUESTS = 12_000;

    static Stream<Arguments> replicas() {
        return Stream.of(
                Arguments.of("8B FP8 on L4", truth(35, 0.546, 0.1207, 6_300), targets(2.5, 0.15)),
                Arguments.of("8B BF16 on A100", truth(11.4, 0.0804, 0.0792, 28_000), targets(1.5, 0.08)),
                Arguments.of("8B FP8 on H100", truth(4.5, 0.0489, 0.0148, 32_000), targets(1, 0.05)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("replicas")
    void atCapacityTheTargetsAreMetAndWellAboveItTheyAreNot(
            String name, EngineTruth truth, List<LatencyTarget> targets) {
        StepModel model = new StepModel(truth.step(), truth.kvCapacity(), truth.limits());
        double capacity =
                ReplicaCapacity.within(model, TokenMix.CHAT, targets).rate().perSecond();
        assertThat(leastSurplus(truth, targets, capacity))
                .as("%s at its capacity, %.2f requests a second", name, capacity)
                .isNotNegative();
        assertThat(leastSurplus(truth, targets, capacity / 0.7))
                .as("%s at %.2f requests a second", name, capacity / 0.7)
                .isNegative();
    }

    /** By how much the worst of the attained shares is above what its target asks. */
    private static double leastSurplus(EngineTruth truth, List<LatencyTarget> targets, double rate) {
        List<RequestOutcome> outcomes = new ArrayList<>();
        EngineSimulator engine = new EngineSimulator(truth, new EngineListener() {
            @Override
            public void ended(RequestOutcome outcome) {
                outcomes.add(outcome);
            }
        });
        List<SimulatedRequest> lengths =
                new ChatWorkload(Duration.ofHours(1), 3, 1).generate().requests();
        SplittableRandom random = new SplittableRandom(17);
        double at = 0;
        for (int i = 0; i < REQUESTS; i++) {
            at -= Math.log(1 - random.nextDouble()) / rate;
            SimulatedRequest shape = lengths.get(i % lengths.size());
            Duration arrival = Duration.ofNanos((long) (at * 1e9));
            engine.submit(new SimulatedRequest(i, arrival, shape.inputTokens(), shape.outputTokens()), arrival);
        }
        engine.advanceTo(Duration.ofDays(1));
        assertThat(outcomes).hasSize(REQUESTS);
        return targets.stream()
                .mapToDouble(target -> outcomes.stream()
                                        .filter(outcome -> outcome.meets(target))
                                        .count()
                                / (double) REQUESTS
                        - target.percentile().share().value())
                .min()
                .orElseThrow();
    }

    private static EngineTruth truth(
            double alphaMillis, double gammaMicrosPerToken, double epsilonMillis, int kvBlocks) {
        return new EngineTruth(
                new StepCoefficients(
                        Seconds.ofMillis(alphaMillis),
                        Seconds.ofMillis(0.07),
                        Seconds.ofMillis(gammaMicrosPerToken / 1e3),
                        Seconds.ofMillis(epsilonMillis)),
                kvBlocks,
                new EngineLimits(256, 2048));
    }

    private static List<LatencyTarget> targets(double ttft, double tpot) {
        return List.of(
                new LatencyTarget(LatencyObjective.TIME_TO_FIRST_TOKEN, new Seconds(ttft), new Percentile(95)),
                new LatencyTarget(LatencyObjective.TIME_PER_OUTPUT_TOKEN, new Seconds(tpot), new Percentile(95)));
    }
}
