package dev.gearshift.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatWorkloadTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void lengthsHaveTheMeansAndQuantilesOfTheTrace(long seed) {
        Workload workload = new ChatWorkload(HOUR, seed, 4).generate();

        assertThat(mean(workload, SimulatedRequest::inputTokens)).isCloseTo(1155, withinPercentage(3));
        assertThat(mean(workload, SimulatedRequest::outputTokens)).isCloseTo(211, withinPercentage(3));
        int[] inputs = sorted(workload, SimulatedRequest::inputTokens);
        int[] outputs = sorted(workload, SimulatedRequest::outputTokens);
        assertThat(at(inputs, 0.50)).isCloseTo(1020, withinPercentage(3));
        assertThat(at(inputs, 0.95)).isCloseTo(4083, withinPercentage(3));
        assertThat(at(outputs, 0.50)).isCloseTo(129, withinPercentage(3));
        assertThat(at(outputs, 0.90)).isCloseTo(424, withinPercentage(3));
        assertThat(inputs[inputs.length - 1]).isLessThanOrEqualTo(14050);
        assertThat(outputs[outputs.length - 1]).isLessThanOrEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theRateHasATroughAPlateauAndABurst(long seed) {
        Workload workload = new ChatWorkload(HOUR, seed, 1).generate();

        assertThat(rate(workload, 0, 480)).isCloseTo(2, within(0.3));
        assertThat(rate(workload, 1260, 1920)).isCloseTo(7, within(0.7));
        assertThat(rate(workload, 1995, 2105)).isCloseTo(10.5, within(1.7));
        assertThat(rate(workload, 3200, 3600)).isCloseTo(2, within(0.3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aMorningRisesEarlyAndIsQuietFromTheMiddleOn(long seed) {
        Workload workload = new ChatWorkload(HOUR, seed, 1, ChatWorkload.Curve.MORNING).generate();

        assertThat(rate(workload, 0, 280)).isCloseTo(2, within(0.4));
        assertThat(rate(workload, 1020, 1440)).isCloseTo(7, within(0.8));
        assertThat(rate(workload, 1460, 1560)).isCloseTo(9, within(1.7));
        assertThat(rate(workload, 2000, 3600)).isCloseTo(1, within(0.15));
    }

    @Test
    void countsAreModestlyOverdispersed() {
        double atOneSecond = 0;
        double atThirty = 0;
        for (long seed = 0; seed < 20; seed++) {
            Workload workload = new ChatWorkload(HOUR, seed, 1).generate();
            atOneSecond += dispersion(workload, 1) / 20;
            atThirty += dispersion(workload, 30) / 20;
        }

        // On the plateau: 1 + 7·1/14 and 1 + 7·5/14.
        assertThat(atOneSecond).isCloseTo(1.5, within(0.15));
        assertThat(atThirty).isCloseTo(3.5, within(1.0));
    }

    @Test
    void theSeedDecidesEverything() {
        assertThat(new ChatWorkload(HOUR, 5, 1).generate()).isEqualTo(new ChatWorkload(HOUR, 5, 1).generate());
        assertThat(new ChatWorkload(HOUR, 5, 1).generate()).isNotEqualTo(new ChatWorkload(HOUR, 6, 1).generate());
    }

    @Test
    void aShorterDayHasTheSameRates() {
        Workload workload = new ChatWorkload(Duration.ofSeconds(90), 4, 10).generate();

        assertThat(workload.duration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(workload.requests().size()).isBetween(3700, 4700);
    }

    @Test
    void aScaleOrDurationOfNothingIsRefused() {
        assertThatThrownBy(() -> new ChatWorkload(HOUR, 1, 0)).hasMessageContaining("scale must be positive");
        assertThatThrownBy(() -> new ChatWorkload(Duration.ZERO, 1, 1)).hasMessageContaining("duration must be");
    }

    private static double mean(Workload workload, ToIntFunction<SimulatedRequest> length) {
        return workload.requests().stream().mapToInt(length).average().orElseThrow();
    }

    private static int[] sorted(Workload workload, ToIntFunction<SimulatedRequest> length) {
        return workload.requests().stream().mapToInt(length).sorted().toArray();
    }

    private static double at(int[] sorted, double share) {
        return sorted[(int) (share * sorted.length)];
    }

    private static double rate(Workload workload, int from, int to) {
        return counts(workload, from, to, to - from)[0] / (double) (to - from);
    }

    private static double dispersion(Workload workload, int width) {
        int[] counts = counts(workload, 1260, 1950, width);
        double mean = List.of(counts).stream()
                .flatMapToInt(java.util.Arrays::stream)
                .average()
                .orElseThrow();
        double squares = 0;
        for (int count : counts) {
            squares += (count - mean) * (count - mean);
        }
        return squares / (counts.length - 1) / mean;
    }

    private static int[] counts(Workload workload, int from, int to, int width) {
        int[] counts = new int[(to - from) / width];
        for (SimulatedRequest request : workload.requests()) {
            long second = request.arrival().toSeconds();
            if (second >= from && second < to) {
                counts[(int) (second - from) / width]++;
            }
        }
        return counts;
    }
}
