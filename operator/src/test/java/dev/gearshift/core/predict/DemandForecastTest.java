package dev.gearshift.core.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemandForecastTest {

    private static final Headroom TWO = new Headroom(2);

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LEAD = Duration.ofMinutes(3);

    @Test
    void nothingSeenForecastsNothing() {
        assertThat(DemandForecast.NONE.forecast(LEAD)).isEmpty();
        assertThat(DemandForecast.NONE.highest(LEAD)).isEmpty();
    }

    @Test
    void theFirstLookIsTheForecastWithAGuessedError() {
        DemandForecast.Forecast forecast = after(1, i -> 8).forecast(LEAD).orElseThrow();
        assertThat(forecast.mean()).isEqualTo(new RequestRate(8));
        assertThat(forecast.sigma().perSecond()).isCloseTo(2, within(1e-9));
    }

    @Test
    void aConstantLoadIsForecastWithoutError() {
        DemandForecast.Forecast forecast = after(200, i -> 5).forecast(LEAD).orElseThrow();
        assertThat(forecast.mean().perSecond()).isCloseTo(5, within(1e-9));
        assertThat(forecast.sigma().perSecond()).isCloseTo(0, within(1e-6));
        assertThat(TWO.provisioned(forecast).perSecond()).isCloseTo(5, within(1e-6));
    }

    @Test
    void aRampIsCoveredBecauseTheErrorHasSeenTheLag() {
        IntToDoubleFunction ramp = i -> 5 + 0.05 * i;
        DemandForecast.Forecast forecast = after(200, ramp).forecast(LEAD).orElseThrow();
        double atLead = ramp.applyAsDouble(199 + 12);
        assertThat(forecast.mean().perSecond()).isLessThan(ramp.applyAsDouble(199));
        assertThat(TWO.provisioned(forecast).perSecond()).isBetween(atLead * 0.99, atLead * 1.15);
    }

    @Test
    void aStepNeverOrdersMoreThanItsHeightAndAMargin() {
        for (int looks = 61; looks < 160; looks++) {
            DemandForecast.Forecast forecast =
                    after(looks, i -> i < 60 ? 2 : 10).forecast(LEAD).orElseThrow();
            assertThat(TWO.provisioned(forecast).perSecond())
                    .as("after look " + looks)
                    .isBetween(2.0, 11.0 + 1e-9);
        }
        DemandForecast.Forecast soon =
                after(64, i -> i < 60 ? 2 : 10).forecast(LEAD).orElseThrow();
        assertThat(TWO.provisioned(soon).perSecond()).isGreaterThan(6);
    }

    @Test
    void noiseIsMeasured() {
        SplittableRandom random = new SplittableRandom(7);
        DemandForecast.Forecast forecast = after(240, i -> 10 + (random.nextBoolean() ? 1 : -1))
                .forecast(LEAD)
                .orElseThrow();
        assertThat(forecast.mean().perSecond()).isCloseTo(10, within(1.0));
        assertThat(forecast.sigma().perSecond()).isCloseTo(1, within(0.25));
        assertThat(forecast.recentPeak()).isEqualTo(new RequestRate(11));
    }

    @Test
    void theMeanDoesNotDependOnHowOftenOneLooks() {
        DemandForecast often = DemandForecast.NONE.observe(new RequestRate(2), START);
        for (int i = 1; i <= 60; i++) {
            often = often.observe(new RequestRate(9), START.plusSeconds(5L * i));
        }
        DemandForecast once = DemandForecast.NONE
                .observe(new RequestRate(2), START)
                .observe(new RequestRate(9), START.plusSeconds(300));
        assertThat(often.forecast(LEAD).orElseThrow().mean().perSecond())
                .isCloseTo(once.forecast(LEAD).orElseThrow().mean().perSecond(), within(1e-9));
    }

    @Test
    void aLookThatIsNotNewerChangesNothing() {
        DemandForecast seen = after(3, i -> 4);
        assertThat(seen.observe(new RequestRate(100), START)).isEqualTo(seen);
    }

    @Test
    void thePeakIsForgottenAfterItsWindow() {
        DemandForecast seen = after(60, i -> i == 20 ? 50 : 4);
        assertThat(seen.highest(Duration.ofMinutes(5))).contains(new RequestRate(4));
        assertThat(seen.highest(Duration.ofMinutes(10))).contains(new RequestRate(50));
    }

    @Test
    void theHistoryIsBounded() {
        assertThat(after(1_000, i -> i).history()).hasSize(DemandForecast.LONGEST_HISTORY);
    }

    @Test
    void neverLessThanTheMeanIsProvidedFor() {
        DemandForecast.Forecast falling =
                after(200, i -> i < 100 ? 20 : 1).forecast(LEAD).orElseThrow();
        DemandForecast.Forecast justFallen =
                after(103, i -> i < 100 ? 20 : 1).forecast(LEAD).orElseThrow();
        assertThat(TWO.provisioned(falling)).isGreaterThanOrEqualTo(falling.mean());
        assertThat(TWO.provisioned(justFallen)).isGreaterThanOrEqualTo(justFallen.mean());
    }

    private static DemandForecast after(int looks, IntToDoubleFunction load) {
        DemandForecast seen = DemandForecast.NONE;
        for (int i = 0; i < looks; i++) {
            seen = seen.observe(new RequestRate(load.applyAsDouble(i)), START.plusSeconds(15L * i));
        }
        return seen;
    }

    @ParameterizedTest
    @CsvSource({"50, 0.5", "95, 1", "99, 2", "99.8, 3", "99.99, 4"})
    void headroomGrowsWithTheStrictestPercentile(double percentile, double k) {
        List<LatencyTarget> targets = List.of(target(50), target(percentile));
        assertThat(Headroom.of(targets).k()).isCloseTo(k, within(1e-9));
    }

    @Test
    void withoutTargetsThereIsTheUsualHeadroom() {
        assertThat(Headroom.of(List.of())).isEqualTo(Headroom.STANDARD);
    }

    private static LatencyTarget target(double percentile) {
        return new LatencyTarget(LatencyObjective.TIME_TO_FIRST_TOKEN, new Seconds(1), new Percentile(percentile));
    }
}
