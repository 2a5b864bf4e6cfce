package dev.gearshift.simulate;

import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small engines and requests for tests: a step takes 10 ms, plus 1 ms a prompt token where asked for. */
final class Engines {

    private Engines() {}

    static EngineTruth steady(int kvBlocks, int maxSequences, int maxBatchedTokens) {
        return new EngineTruth(
                new StepCoefficients(Seconds.ofMillis(10), Seconds.ZERO, Seconds.ZERO, Seconds.ZERO),
                kvBlocks,
                new EngineLimits(maxSequences, maxBatchedTokens));
    }

    static EngineTruth real(int kvBlocks) {
        return new EngineTruth(
                new StepCoefficients(
                        Seconds.ofMillis(16.7),
                        Seconds.ofMillis(0.04),
                        Seconds.ofMillis(0.141 / 1000),
                        Seconds.ofMillis(0.088)),
                kvBlocks,
                new EngineLimits(256, 2048));
    }

    static SimulatedRequest request(long id, long arrivalMillis, int input, int output) {
        return new SimulatedRequest(id, Duration.ofMillis(arrivalMillis), input, output);
    }

    static List<SimulatedRequest> random(long seed, int count, int meanGapMillis) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SimulatedRequest> requests = new ArrayList<>();
        long arrival = 0;
        for (int i = 0; i < count; i++) {
            arrival += random.nextLong(2L * meanGapMillis);
            requests.add(request(i, arrival, 1 + random.nextInt(3000), 1 + random.nextInt(400)));
        }
        return requests;
    }
}
