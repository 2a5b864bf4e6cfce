package dev.gearshift.core.observe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.LatencyVerdict;
import dev.gearshift.core.model.LatencyVerdict.BudgetRange;
import dev.gearshift.core.model.LatencyVerdict.ShareRange;
import dev.gearshift.core.model.LatencyVerdict.Verdict;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TokenRate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorBudgetsTest {

    private static final Duration DAY = Duration.ofHours(24);
    private static final LatencyTarget TTFT = target(1, 95);

    private Instant now = Instant.parse("2026-01-05T08:00:00Z");
    private ErrorBudgets budgets = ErrorBudgets.NONE;

    private static LatencyTarget target(double seconds, double percentile) {
        return new LatencyTarget(
                LatencyObjective.TIME_TO_FIRST_TOKEN, new Seconds(seconds), new Percentile(percentile));
    }

    @ParameterizedTest(name = "of 10 req/s {0} fail, attainment {1} to {2}: {3} to {4} left")
    @CsvSource({
        "0, 1, 1, 1, 1",
        "0, 0.98, 0.98, 0.6, 0.6",
        "0, 0.96, 1, 0.2, 1",
        "0, 0, 1, -19, 1",
        "0.2, 1, 1, 0.6, 0.6",
        // The engine may or may not have counted the failed among the slow.
        "0.2, 0.97, 0.99, 0, 0.6",
        "0.2, 0.9, 0.9, -1.4, -1",
        "99, 1, 1, -19, -19",
    })
    void failedRequestsMissedAndTheOthersAsFarAsBucketsTell(
            double failed, double low, double high, double leastLeft, double mostLeft) {
        look(10, failed, low, high, 0);
        for (int i = 0; i < 20; i++) {
            look(10, failed, low, high, 15);
        }
        assertThat(left().low()).isCloseTo(leastLeft, within(1e-9));
        assertThat(left().high()).isCloseTo(mostLeft, within(1e-9));
        assertThat(arrived()).isCloseTo(3000, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(
            value = Freshness.class,
            names = {"PARTIAL", "STALE", "ABSENT"})
    void aGapInFreshMetricsIsNotCounted(Freshness gap) {
        look(10, 0, 1, 1, 0);
        look(10, 0, 1, 1, 15);
        for (int i = 0; i < 240; i++) {
            look(gap, 10, 0, 0, 0, 15);
        }
        look(10, 0, 1, 1, 15);
        assertThat(arrived()).isCloseTo(150, within(1e-6));
        look(10, 0, 1, 1, 15);
        assertThat(arrived()).isCloseTo(300, within(1e-6));
    }

    @Test
    void theTimeNobodyLookedIsNotCounted() {
        look(10, 0, 1, 1, 0);
        look(10, 0, 1, 1, 300);
        assertThat(arrived()).isCloseTo(3000, within(1e-6));
        look(10, 0, 1, 1, 3600);
        look(10, 0, 1, 1, -60);
        assertThat(arrived()).isCloseTo(3000, within(1e-6));
    }

    @Test
    void whatTheEngineDoesNotTellIsNotCounted() {
        for (int i = 0; i < 20; i++) {
            now = now.plusSeconds(15);
            budgets = budgets.after(List.of(LatencyVerdict.unknown(TTFT)), seen(Freshness.FRESH, 10, 1), DAY, now);
        }
        assertThat(arrived()).isZero();
        assertThat(budgets.remaining(TTFT, now)).isEmpty();
    }

    @Test
    void anotherPercentileGoesOnAndAnotherTargetBeginsAnew() {
        look(10, 0, .98, .98, 0);
        look(10, 0, .98, .98, 300);
        assertThat(budgets.remaining(target(1, 98), now).orElseThrow().low()).isCloseTo(0, within(1e-9));
        assertThat(budgets.remaining(target(2, 95), now)).isEmpty();
        budgets = budgets.after(List.of(LatencyVerdict.unknown(target(2, 95))), seen(Freshness.FRESH, 10, 0), DAY, now);
        assertThat(arrived()).isZero();
        budgets = budgets.after(List.of(), seen(Freshness.FRESH, 10, 0), DAY, now);
        assertThat(budgets.budgets()).isEmpty();
    }

    private void look(double offered, double failed, double low, double high, long secondsLater) {
        look(Freshness.FRESH, offered, failed, low, high, secondsLater);
    }

    private void look(Freshness freshness, double offered, double failed, double low, double high, long secondsLater) {
        now = now.plusSeconds(secondsLater);
        LatencyVerdict verdict = new LatencyVerdict(
                TTFT,
                Verdict.UNKNOWN,
                Optional.empty(),
                Optional.of(new ShareRange(new Share(low), new Share(high))),
                Optional.empty());
        budgets = budgets.after(List.of(verdict), seen(freshness, offered, failed), DAY, now);
    }

    private static ModelObservation seen(Freshness freshness, double offered, double failed) {
        TierName tier = new TierName("l4");
        TierLoad load = new TierLoad(
                tier,
                freshness,
                new RequestRate(offered),
                new RequestRate(offered),
                new RequestRate(failed),
                TokenRate.ZERO,
                TokenRate.ZERO,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new ModelObservation(freshness, Optional.empty(), List.of(load), new TreeMap<>());
    }

    private BudgetRange left() {
        return budgets.remaining(TTFT, now).orElseThrow();
    }

    private double arrived() {
        return requireNonNull(budgets.budgets().get(LatencyObjective.TIME_TO_FIRST_TOKEN)).slots().values().stream()
                .mapToDouble(ErrorBudget.Requests::arrived)
                .sum();
    }
}
