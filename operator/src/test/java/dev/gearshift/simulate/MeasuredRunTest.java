package dev.gearshift.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The simulator against 300 requests a real engine served: vLLM 0.19.0, Llama-3.1-8B in 16 bits, one RTX 4090. The file is
 * read where it is and never shipped; without it the test is skipped and says so. TTFT counts from the client's arrival, as a
 * latency target does.
 */
class MeasuredRunTest {

    private static final String FILE = "profiles/vllm-rtx4090-llama-3.1-8b-requests.csv";

    private static final EngineTruth RTX_4090 = new EngineTruth(
            new StepCoefficients(
                    Seconds.ofMillis(16.7),
                    Seconds.ofMillis(0.04),
                    Seconds.ofMillis(0.141 / 1000),
                    Seconds.ofMillis(0.088)),
            2588,
            new EngineLimits(256, 2048));

    @Test
    void timesOfAMeasuredRunAreReproduced() throws IOException {
        Path file = MeasuredData.locate(FILE);
        assumeTrue(Files.exists(file), "no measured run at " + file);

        List<SimulatedRequest> requests = new ArrayList<>();
        List<Double> timesToFirstToken = new ArrayList<>();
        List<Double> timesPerOutputToken = new ArrayList<>();
        for (String line : Files.readAllLines(file).subList(1, 301)) {
            String[] cells = line.split(",", -1);
            int output = Integer.parseInt(cells[2]);
            double arrival = Double.parseDouble(cells[3]);
            double first = Double.parseDouble(cells[6]);
            double last = Double.parseDouble(cells[7]);
            requests.add(new SimulatedRequest(
                    requests.size(), Duration.ofNanos(Math.round(arrival * 1e9)), Integer.parseInt(cells[1]), output));
            timesToFirstToken.add(first - arrival);
            timesPerOutputToken.add((last - first) / (output - 1));
        }

        OutcomeLog log = new OutcomeLog();
        EngineSimulator engine = new EngineSimulator(RTX_4090, log);
        requests.forEach(request -> engine.submit(request, request.arrival()));
        engine.advanceTo(Duration.ofHours(1));

        double[] ttft = log.completed().stream()
                .mapToDouble(done -> done.timeToFirstToken().value())
                .toArray();
        double[] tpot = log.completed().stream()
                .mapToDouble(done -> done.timePerOutputToken().value())
                .toArray();
        assertThat(log.completed()).hasSize(300);
        assertThat(engine.counters().preemptions()).isPositive();
        double[] measuredTtft = toArray(timesToFirstToken);
        double[] measuredTpot = toArray(timesPerOutputToken);
        assertRatio("TTFT mean", mean(ttft) / mean(measuredTtft), 0.05);
        assertRatio("TTFT P99", percentile(ttft, 99) / percentile(measuredTtft, 99), 0.10);
        assertRatio("TPOT mean", mean(tpot) / mean(measuredTpot), 0.05);
        assertRatio("TPOT P90", percentile(tpot, 90) / percentile(measuredTpot, 90), 0.10);
    }

    private static void assertRatio(String what, double ratio, double tolerance) {
        assertThat(ratio).as("%s, simulated over measured", what).isCloseTo(1, within(tolerance));
    }

    private static double[] toArray(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double percentile(double[] values, double percentile) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        double position = percentile / 100 * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
