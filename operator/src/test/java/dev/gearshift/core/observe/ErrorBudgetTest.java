package dev.gearshift.core.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.LatencyVerdict.BudgetRange;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.observe.ErrorBudget.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBudgetTest {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);
    private static final Percentile P95 = new Percentile(95);

    private record Counted(Instant at, Requests requests) {}

    @ParameterizedTest(name = "{0} arrived, {1} to {2} missed, percentile {3}: {4} to {5} left")
    @CsvSource({
        "1000, 0, 0, 95, 1, 1",
        "1000, 10, 20, 95, 0.6, 0.8",
        "1000, 50, 50, 95, 0, 0",
        "1000, 100, 1000, 95, -19, -1",
        "1000, 1, 1, 99.9, 0, 0",
        "20, 1, 1, 95, 0, 0",
    })
    void whatIsLeftIsOneLessTheMissedOfTheAllowed(
            double arrived, double least, double most, double percentile, double low, double high) {
        BudgetRange left = untouched()
                .with(new Requests(arrived, least, most), START)
                .remaining(new Percentile(percentile), START)
                .orElseThrow();
        assertThat(left.low()).isCloseTo(low, within(1e-9));
        assertThat(left.high()).isCloseTo(high, within(1e-9));
    }

    @ParameterizedTest(name = "{0} arrived, percentile {1}")
    @CsvSource({"0, 95", "19, 95", "19, 50", "99, 99", "9999, 99.99"})
    void beforeOneMayMissNothingIsKnown(double arrived, double percentile) {
        assertThat(untouched()
                        .with(new Requests(arrived, 0, arrived), START)
                        .remaining(new Percentile(percentile), START))
                .isEmpty();
    }

    @Test
    void whatLeavesTheWindowIsForgottenASlotAtATime() {
        ErrorBudget budget = untouched()
                .with(new Requests(1000, 50, 50), START)
                .with(new Requests(1000, 0, 0), START.plus(Duration.ofHours(1)));
        assertThat(low(budget, START.plus(DAY))).isCloseTo(.5, within(1e-9));
        assertThat(low(budget, START.plus(DAY).plus(Duration.ofMinutes(15)))).isEqualTo(1);
        assertThat(budget.remaining(P95, START.plus(DAY).plus(Duration.ofHours(2))))
                .isEmpty();
    }

    @Test
    void anotherWindowKeepsWhatWasCounted() {
        ErrorBudget budget = untouched().with(new Requests(1000, 25, 25), START);
        Instant later = START.plus(Duration.ofHours(2));
        assertThat(low(budget.over(Duration.ofDays(30)), later)).isCloseTo(.5, within(1e-9));
        assertThat(budget.over(Duration.ofHours(1)).remaining(P95, later)).isEmpty();
    }

    @Test
    void aClockSetBackDoesNotCountWhatIsYetToCome() {
        ErrorBudget budget = untouched().with(new Requests(1000, 25, 25), START);
        assertThat(budget.remaining(P95, START.minus(DAY))).isEmpty();
    }

    @Test
    void moreCannotMissThanArrived() {
        assertThatThrownBy(() -> new Requests(1, 0, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Requests(1, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverArrivesItIsBoundedAndWhatAPlainSumSays(long seed) {
        Random random = new Random(seed);
        Duration window = Duration.ofMinutes(60 + random.nextInt(1440));
        Duration slot = Duration.ofMillis(window.toMillis() / ErrorBudget.SLOTS);
        ErrorBudget budget = ErrorBudget.untouched(new Seconds(1), window);
        List<Counted> all = new ArrayList<>();
        Instant now = START;
        for (int i = 0; i < 2_000; i++) {
            now = now.plusMillis(random.nextInt(10) == 0 ? random.nextInt(10_000_000) : random.nextInt(60_000));
            double arrived = random.nextInt(4) == 0 ? 0 : 100 * random.nextDouble();
            double most = arrived * random.nextDouble();
            Requests requests = new Requests(arrived, most * random.nextDouble(), most);
            budget = budget.with(requests, now);
            all.add(new Counted(now, requests));

            assertThat(budget.slots()).as("seed %d, step %d", seed, i).hasSizeLessThanOrEqualTo(ErrorBudget.SLOTS + 1);
            Optional<BudgetRange> left = budget.remaining(P95, now);
            if (left.isPresent()) {
                assertThat(left.get().high()).isLessThanOrEqualTo(1);
                // Of the oldest slot a part is outside the window, so two plain sums enclose what is counted.
                double least = arrived(all, now.minus(window));
                double mostArrived = arrived(all, now.minus(window).minus(slot));
                double counted = budget.slots().values().stream()
                        .mapToDouble(Requests::arrived)
                        .sum();
                assertThat(counted).isBetween(least - 1e-6, mostArrived + 1e-6);
            }
        }
    }

    private static double arrived(List<Counted> all, Instant from) {
        return all.stream()
                .filter(counted -> !counted.at().isBefore(from))
                .mapToDouble(counted -> counted.requests().arrived())
                .sum();
    }

    private static ErrorBudget untouched() {
        return ErrorBudget.untouched(new Seconds(1), DAY);
    }

    private static double low(ErrorBudget budget, Instant now) {
        return budget.remaining(P95, now).orElseThrow().low();
    }
}
