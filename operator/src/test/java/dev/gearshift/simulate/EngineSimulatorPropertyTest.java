package dev.gearshift.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineSimulatorPropertyTest {

    private static final Duration END = Duration.ofMinutes(30);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theResultDoesNotDependOnTheInstantsAtWhichItIsLookedAt(long seed) {
        List<SimulatedRequest> requests = Engines.random(seed, 200, 150);
        OutcomeLog expected = new OutcomeLog();
        EngineSimulator atOnce = new EngineSimulator(Engines.real(600), expected);
        requests.forEach(request -> atOnce.submit(request, request.arrival()));
        atOnce.advanceTo(END);

        OutcomeLog actual = new OutcomeLog();
        EngineSimulator inPieces = new EngineSimulator(Engines.real(600), actual);
        SplittableRandom random = new SplittableRandom(seed);
        int next = 0;
        Duration time = Duration.ZERO;
        while (time.compareTo(END) < 0) {
            // Sometimes exactly at an arrival, which may be handed over before or after time gets there.
            Duration target = next < requests.size() && random.nextInt(3) == 0
                    ? requests.get(next).arrival()
                    : time.plusNanos(random.nextLong(400_000_000L));
            while (next < requests.size() && requests.get(next).arrival().compareTo(target) < 0) {
                inPieces.submit(requests.get(next), requests.get(next).arrival());
                next++;
            }
            inPieces.advanceTo(target);
            while (next < requests.size() && requests.get(next).arrival().equals(target)) {
                inPieces.submit(requests.get(next), target);
                next++;
            }
            time = target;
        }

        assertThat(expected.completed()).hasSize(200);
        assertThat(atOnce.counters().preemptions()).isPositive();
        assertThat(actual.outcomes).isEqualTo(expected.outcomes);
        assertThat(inPieces.counters()).isEqualTo(atOnce.counters());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void whatIsSeenAtAnInstantDoesNotDependOnEarlierLooks(long seed) {
        List<SimulatedRequest> requests = Engines.random(seed, 200, 150);
        EngineSimulator often = new EngineSimulator(Engines.real(600));
        requests.forEach(request -> often.submit(request, request.arrival()));
        for (int second = 1; second < 60; second++) {
            for (int i = 0; i < 20; i++) {
                often.advanceTo(Duration.ofMillis(second * 1000L - 1000 + 50L * i));
            }
            EngineSimulator once = new EngineSimulator(Engines.real(600));
            requests.forEach(request -> once.submit(request, request.arrival()));
            once.advanceTo(Duration.ofSeconds(second));
            often.advanceTo(Duration.ofSeconds(second));

            assertThat(List.of(often.running(), often.waiting(), often.kvUsage(), often.counters()))
                    .isEqualTo(List.of(once.running(), once.waiting(), once.kvUsage(), once.counters()));
        }
    }
}
