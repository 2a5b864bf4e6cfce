package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SystemTickerTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration SHORT = Duration.ofMillis(1);

    private final SystemTicker ticker = new SystemTicker(() -> NOW, Duration.ofMinutes(1));

    @AfterEach
    void close() {
        ticker.close();
    }

    @Test
    void aTaskRunsAgainAndAgainAndIsToldTheTime() {
        List<Instant> told = new CopyOnWriteArrayList<>();
        ticker.every("count", SHORT, told::add);

        await().until(() -> told.size() >= 3);
        assertThat(told).containsOnly(NOW);
    }

    @Test
    void aTaskThatThrowsRunsAgain() {
        AtomicInteger runs = new AtomicInteger();
        ticker.every("fail", SHORT, now -> {
            int run = runs.incrementAndGet();
            if (run == 1) {
                throw new IllegalStateException("the first run fails on purpose");
            } else if (run == 2) {
                throw new StackOverflowError("the second run fails on purpose");
            }
        });

        await().until(() -> runs.get() >= 4);
    }

    @Test
    void aTaskThatHangsDelaysNoOtherAndHasADaemonThreadOfItsName() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        AtomicInteger others = new AtomicInteger();
        ticker.every("hang", SHORT, now -> {
            threads.add(Thread.currentThread());
            wait(end);
        });
        ticker.every("go", SHORT, now -> others.incrementAndGet());

        await().until(() -> threads.size() == 1 && others.get() >= 3);
        assertThat(threads.get(0).getName()).isEqualTo("gearshift-hang");
        assertThat(threads.get(0).isDaemon()).isTrue();
        end.countDown();
    }

    @Test
    void closingWaitsForTheRunUnderWayAndStartsNoOther() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        ticker.every("work", SHORT, now -> {
            runs.incrementAndGet();
            begun.countDown();
            wait(end);
            ended.set(!Thread.currentThread().isInterrupted());
        });
        begun.await();
        Thread closing = new Thread(ticker::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);

        end.countDown();
        closing.join();

        assertThat(ended).isTrue();
        assertThat(runs).hasValue(1);
        assertThatThrownBy(() -> ticker.every("late", SHORT, now -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("late");
    }

    @Test
    void aRunThatDoesNotEndInTimeIsInterrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        SystemTicker hasty = new SystemTicker(() -> NOW, Duration.ZERO);
        hasty.every("work", SHORT, now -> {
            begun.countDown();
            wait(new CountDownLatch(1));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        begun.await();
        hasty.close();

        await().untilTrue(interrupted);
    }

    @ParameterizedTest(name = "due at {0} every {1}, now {2}: next at {3}")
    @CsvSource({
        "100, 10, 100, 110",
        "100, 10, 109, 110",
        "100, 10, 110, 120",
        "100, 10, 137, 140",
        "100, 10,  99, 110",
        "-5,  10,   2,   5"
    })
    void dueTimesThatPassDuringARunAreLeftOut(long due, long interval, long now, long next) {
        assertThat(SystemTicker.nextDue(due, interval, now)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT-1S"})
    void anIntervalIsPositive(Duration interval) {
        assertThatThrownBy(() -> ticker.every("count", interval, now -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count");
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
