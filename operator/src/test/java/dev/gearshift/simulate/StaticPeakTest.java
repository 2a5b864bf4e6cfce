package dev.gearshift.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Accelerator;
import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.ModelProfile;
import dev.gearshift.core.model.Money;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Precision;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StaticPeakTest {

    private static final List<LatencyTarget> TARGETS = List.of(
            new LatencyTarget(LatencyObjective.TIME_TO_FIRST_TOKEN, new Seconds(1), new Percentile(95)),
            new LatencyTarget(LatencyObjective.TIME_PER_OUTPUT_TOKEN, Seconds.ofMillis(50), new Percentile(95)));
    private static final Workload WORKLOAD = new ChatWorkload(Duration.ofMinutes(20), 1, 1).generate();
    private static final ModelProfile LLAMA_8B_FP8 =
            new ModelProfile("llama-3.1-8b", 8.03, 8.03, Precision.FP8, new Bytes(131_072));

    @Test
    void theCountReachesEveryTargetAndOneFewerDoesNot() {
        TierOption option = option("l4", CapacityType.ON_DEMAND, 300, 121, 24, "0.81", 1, OptionalInt.empty());
        StaticPeak peak = StaticPeak.find(WORKLOAD, TARGETS, List.of(option), 7).orElseThrow();

        assertThat(peak.replicas()).isGreaterThan(2);
        assertThat(attainment(option, peak.replicas()).reachesAll()).isTrue();
        assertThat(attainment(option, peak.replicas() - 1).reachesAll()).isFalse();
        ConstantFleet fleet = new ConstantFleet(WORKLOAD, TARGETS, 7);
        EngineTruth truth = EngineTruth.of(option).orElseThrow();
        assertThat(fleet.reaches(truth, peak.replicas())).isTrue();
        assertThat(fleet.reaches(truth, peak.replicas() - 1)).isFalse();
        assertThat(peak.cost())
                .isEqualTo(Money.ofDollars("0.81").times((long) peak.replicas()).times(1 / 3.0));
        assertThat(StaticPeak.find(WORKLOAD, TARGETS, List.of(option), 7)).contains(peak);
    }

    @Test
    void theCheapestOnDemandTierIsTheAnswer() {
        TierOption l4 = option("l4", CapacityType.ON_DEMAND, 300, 121, 24, "0.81", 1, OptionalInt.empty());
        TierOption spot = option("l4-spot", CapacityType.SPOT, 300, 121, 24, "0.10", 1, OptionalInt.empty());
        TierOption l40s = option("l40s", CapacityType.ON_DEMAND, 864, 362, 48, "1.00", 1, OptionalInt.empty());
        TierOption dear = option("h100", CapacityType.ON_DEMAND, 3350, 989, 80, "40", 1, OptionalInt.empty());

        assertThat(StaticPeak.find(WORKLOAD, TARGETS, List.of(l4, spot, l40s, dear), 7)
                        .orElseThrow()
                        .tier())
                .isEqualTo(new TierName("l40s"));
    }

    @Test
    void theBillComesByTheNode() {
        TierOption nodesOfEight = option("l40s", CapacityType.ON_DEMAND, 864, 362, 48, "1.00", 8, OptionalInt.empty());

        assertThat(StaticPeak.find(WORKLOAD, TARGETS, List.of(nodesOfEight), 7)
                        .orElseThrow()
                        .cost())
                .isEqualTo(Money.ofDollars("8.00").times(1 / 3.0));
    }

    @Test
    void thereIsNoAnswerWhenNoTierReachesTheTargetsWithinItsBounds() {
        TierOption limited = option("l4", CapacityType.ON_DEMAND, 300, 121, 24, "0.81", 1, OptionalInt.of(1));
        TierOption none = option("l4", CapacityType.ON_DEMAND, 300, 121, 24, "0.81", 1, OptionalInt.of(0));
        TierOption tooSlow = option("old", CapacityType.ON_DEMAND, 100, 50, 24, "0.10", 1, OptionalInt.empty());
        TierOption tooSmall = option("tiny", CapacityType.ON_DEMAND, 300, 121, 8, "0.10", 1, OptionalInt.empty());

        assertThat(StaticPeak.find(WORKLOAD, TARGETS, List.of(limited, none, tooSlow, tooSmall), 7))
                .isEqualTo(Optional.empty());
    }

    @Test
    void failedAndUnfinishedRequestsMissEveryTarget() {
        LatencyTarget target = TARGETS.get(0);
        Attainment attainment = new Attainment(TARGETS);
        SimulatedRequest request = Engines.request(0, 0, 10, 2);
        for (int i = 0; i < 4; i++) {
            attainment.arrive();
        }
        attainment.end(new RequestOutcome.Completed(
                request, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(1040)));
        attainment.end(new RequestOutcome.Completed(
                request, Duration.ZERO, Duration.ZERO, Duration.ofNanos(1_000_000_001), Duration.ofMillis(1040)));
        attainment.end(new RequestOutcome.Failed(request, Duration.ZERO, FailureCause.REPLICA_LOST));

        assertThat(attainment.share(target).value()).isEqualTo(0.25);
        assertThat(attainment.share(TARGETS.get(1)).value()).isEqualTo(0.5);
        assertThat(attainment.failed()).isEqualTo(1);
        assertThat(attainment.unfinished()).isEqualTo(1);
        assertThat(attainment.reachesAll()).isFalse();
    }

    /** A fleet simulated without the short cuts of the search. */
    private static Attainment attainment(TierOption option, int replicas) {
        Attainment attainment = new Attainment(TARGETS);
        EngineTruth truth = EngineTruth.of(option).orElseThrow();
        double[] draws = new java.util.SplittableRandom(7)
                .doubles(WORKLOAD.requests().size())
                .toArray();
        for (int replica = 0; replica < replicas; replica++) {
            OutcomeLog log = new OutcomeLog();
            EngineSimulator engine = new EngineSimulator(truth, log);
            for (int i = 0; i < draws.length; i++) {
                SimulatedRequest request = WORKLOAD.requests().get(i);
                if ((int) (draws[i] * replicas) == replica) {
                    attainment.arrive();
                    engine.submit(request, request.arrival());
                }
            }
            engine.advanceTo(Duration.ofHours(10));
            log.outcomes.forEach(attainment::end);
        }
        return attainment;
    }

    private static TierOption option(
            String name,
            CapacityType type,
            double bandwidth,
            double tflops,
            double gibibytes,
            String price,
            int perNode,
            OptionalInt limit) {
        Accelerator accelerator =
                new Accelerator("nvidia.com/gpu", name, Bytes.ofGibibytes(gibibytes), new Datasheet(bandwidth, tflops));
        Tier tier = new Tier(
                new TierName(name), accelerator, perNode, type, HourlyCost.ofDollars(price), limit, Optional.empty());
        return new TierOption(tier, 1, LLAMA_8B_FP8, new EngineLimits(256, 2048), Optional.empty());
    }
}
