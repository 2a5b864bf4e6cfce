package dev.gearshift.simulate;

import static dev.gearshift.simulate.Engines.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineSimulatorTest {

    private final OutcomeLog log = new OutcomeLog();

    @Test
    void aRequestAloneTakesOneStepAToken() {
        EngineSimulator engine = new EngineSimulator(Engines.steady(100, 8, 64), log);
        SimulatedRequest request = request(7, 5, 40, 4);
        engine.submit(request, Duration.ofMillis(8));
        engine.advanceTo(Duration.ofSeconds(1));

        assertThat(log.outcomes)
                .containsExactly(new RequestOutcome.Completed(
                        request,
                        Duration.ofMillis(8),
                        Duration.ofMillis(8),
                        Duration.ofMillis(18),
                        Duration.ofMillis(48)));
        RequestOutcome.Completed done = log.completed().get(0);
        assertThat(done.timeToFirstToken()).isEqualTo(Seconds.ofMillis(13));
        assertThat(done.timePerOutputToken().millis()).isEqualTo(10);
        assertThat(done.endToEnd()).isEqualTo(Seconds.ofMillis(43));
        assertThat(engine.isIdle()).isTrue();
        assertThat(engine.kvUsage()).isEqualTo(Share.NONE);
        assertThat(engine.counters()).isEqualTo(new EngineCounters(40, 4, 1, 0, 0, 0, 4));
    }

    @Test
    void aPromptLongerThanTheBudgetTakesSeveralSteps() {
        EngineSimulator engine = new EngineSimulator(Engines.steady(100, 8, 64), log);
        engine.submit(request(0, 0, 130, 1), Duration.ZERO);
        engine.advanceTo(Duration.ofSeconds(1));

        assertThat(log.completed().get(0).firstToken()).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void decodingComesBeforePromptsAndPromptsGoInOrderOfArrival() {
        List<int[]> steps = new ArrayList<>();
        List<Long> started = new ArrayList<>();
        EngineListener listener = new EngineListener() {
            @Override
            public void stepped(long durationNanos, int decoded, int prefilled) {
                steps.add(new int[] {decoded, prefilled});
            }

            @Override
            public void firstToken(SimulatedRequest request, Duration submitted, Duration at) {
                started.add(request.id());
            }
        };
        EngineSimulator engine = new EngineSimulator(Engines.steady(100, 8, 64), listener);
        engine.submit(request(0, 0, 64, 5), Duration.ZERO);
        engine.submit(request(1, 0, 100, 5), Duration.ZERO);
        engine.submit(request(2, 0, 20, 5), Duration.ZERO);
        engine.advanceTo(Duration.ofMillis(35));

        // The one that decodes takes 1 of 64 tokens; request 1 gets 63, then 37, which leaves 26 for request 2.
        assertThat(steps).containsExactly(new int[] {0, 64}, new int[] {1, 63}, new int[] {1, 57});
        assertThat(started).containsExactly(0L, 1L, 2L);
    }

    @Test
    void theBatchNeverExceedsItsLimits() {
        List<Integer> tokens = new ArrayList<>();
        List<Integer> batches = new ArrayList<>();
        EngineSimulator engine = new EngineSimulator(Engines.steady(2000, 5, 256), new EngineListener() {
            @Override
            public void stepped(long durationNanos, int decoded, int prefilled) {
                tokens.add(decoded + prefilled);
                batches.add(decoded);
            }
        });
        Engines.random(3, 60, 5).forEach(request -> engine.submit(request, request.arrival()));
        int mostRunning = 0;
        for (int millis = 10; !engine.isIdle(); millis += 10) {
            engine.advanceTo(Duration.ofMillis(millis));
            mostRunning = Math.max(mostRunning, engine.running());
        }

        assertThat(tokens).allMatch(count -> count >= 1 && count <= 256);
        assertThat(batches).allMatch(count -> count <= 5);
        assertThat(mostRunning).isEqualTo(5);
    }

    @Test
    void theLatestAdmittedGivesWayWhenBlocksRunOut() {
        // Two sequences of 16 + 20 tokens need 3 blocks each; there are 5.
        EngineSimulator engine = new EngineSimulator(Engines.steady(5, 8, 64), log);
        engine.submit(request(0, 0, 16, 21), Duration.ZERO);
        engine.submit(request(1, 0, 16, 21), Duration.ZERO);
        engine.submit(request(2, 0, 16, 1), Duration.ofMillis(1));
        engine.advanceTo(Duration.ofMillis(181));

        assertThat(engine.counters().preemptions()).isEqualTo(1);
        assertThat(engine.running()).isEqualTo(1);
        // The preempted one waits in front of nobody: request 2 was served by the fifth block before.
        assertThat(engine.waiting()).isEqualTo(1);

        engine.advanceTo(Duration.ofSeconds(1));
        assertThat(log.completed()).extracting(done -> done.request().id()).containsExactly(2L, 0L, 1L);
        assertThat(engine.counters().generatedTokens()).isEqualTo(43);
        assertThat(engine.counters().promptTokens()).isEqualTo(48);
        // 17 tokens before it lost its blocks, then nothing until request 0 had ended.
        assertThat(log.completed().get(2).firstToken()).isEqualTo(Duration.ofMillis(10));
        assertThat(log.completed().get(2).lastToken()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void everyRequestEndsOnceAndEveryTokenIsCountedOnceUnderPreemption() {
        EngineSimulator engine = new EngineSimulator(Engines.real(500), log);
        List<SimulatedRequest> requests = Engines.random(11, 300, 100);
        requests.forEach(request -> engine.submit(request, request.arrival()));
        engine.advanceTo(Duration.ofHours(2));

        assertThat(engine.counters().preemptions()).isPositive();
        assertThat(log.completed())
                .extracting(RequestOutcome.Completed::request)
                .containsExactlyInAnyOrderElementsOf(requests);
        assertThat(engine.counters().promptTokens())
                .isEqualTo(requests.stream()
                        .mapToLong(SimulatedRequest::inputTokens)
                        .sum());
        assertThat(engine.counters().generatedTokens())
                .isEqualTo(requests.stream()
                        .mapToLong(SimulatedRequest::outputTokens)
                        .sum());
        assertThat(engine.kvUsage()).isEqualTo(Share.NONE);
        assertThat(engine.isIdle()).isTrue();
    }

    @Test
    void aStepTakesWhatItsCoefficientsSay() {
        List<Long> durations = new ArrayList<>();
        EngineSimulator engine = new EngineSimulator(Engines.real(1000), new EngineListener() {
            @Override
            public void stepped(long durationNanos, int decoded, int prefilled) {
                durations.add(durationNanos);
            }
        });
        engine.submit(request(0, 0, 1000, 3), Duration.ZERO);
        engine.advanceTo(Duration.ofSeconds(1));

        // 16.7 + 0.088·1000, then 16.7 + 0.04 + 0.000141 a token resident.
        assertThat(durations).containsExactly(104_700_000L, 16_881_000L, 16_881_141L);
    }

    @Test
    void aRequestThatCanNeverFitIsRefused() {
        EngineSimulator engine = new EngineSimulator(Engines.steady(5, 8, 64), log);
        engine.submit(request(0, 0, 80, 1), Duration.ZERO);
        SimulatedRequest tooLong = request(1, 0, 80, 2);
        engine.submit(tooLong, Duration.ofMillis(3));
        engine.advanceTo(Duration.ofSeconds(1));

        assertThat(log.failed())
                .containsExactly(new RequestOutcome.Failed(tooLong, Duration.ofMillis(3), FailureCause.TOO_LONG));
        assertThat(log.completed()).hasSize(1);
        assertThat(engine.counters().refused()).isEqualTo(1);
    }

    @Test
    void anEngineThatIsKilledReportsEverythingItHadAndIsIdle() {
        EngineSimulator engine = new EngineSimulator(Engines.steady(100, 1, 64), log);
        engine.submit(request(0, 0, 10, 50), Duration.ZERO);
        engine.submit(request(1, 0, 10, 50), Duration.ZERO);
        engine.submit(request(2, 400, 10, 50), Duration.ofMillis(400));
        engine.advanceTo(Duration.ofMillis(205));
        List<RequestOutcome.Failed> cut = engine.abortAll(FailureCause.REPLICA_LOST);

        assertThat(cut).extracting(failed -> failed.request().id()).containsExactly(0L, 1L, 2L);
        assertThat(cut).allMatch(failed -> failed.at().equals(Duration.ofMillis(205)));
        assertThat(log.failed()).isEqualTo(cut);
        assertThat(engine.isIdle()).isTrue();
        assertThat(engine.running() + engine.waiting()).isZero();
        assertThat(engine.kvUsage()).isEqualTo(Share.NONE);
        assertThat(engine.counters().generatedTokens()).isEqualTo(20);
        assertThat(engine.counters().aborted()).isEqualTo(3);

        engine.submit(request(3, 300, 10, 2), Duration.ofMillis(300));
        engine.advanceTo(Duration.ofSeconds(1));
        assertThat(log.completed()).extracting(done -> done.request().id()).containsExactly(3L);
    }

    @Test
    void timeDoesNotGoBack() {
        EngineSimulator engine = new EngineSimulator(Engines.steady(100, 1, 64), log);
        engine.advanceTo(Duration.ofSeconds(2));

        assertThatThrownBy(() -> engine.advanceTo(Duration.ofSeconds(1))).hasMessageContaining("cannot go back");
        assertThatThrownBy(() -> engine.submit(request(0, 0, 1, 1), Duration.ofSeconds(1)))
                .hasMessageContaining("request 0 is submitted at PT1S");
    }
}
