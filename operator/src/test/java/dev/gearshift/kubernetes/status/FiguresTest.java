package dev.gearshift.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.DemandEstimate;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.LatencyVerdict.BudgetRange;
import dev.gearshift.core.model.LatencyVerdict.SecondsRange;
import dev.gearshift.core.model.LatencyVerdict.ShareRange;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.Tokens;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "0,        1,        ≤ 1s",
        "0.0004,   0.005,    ≤ 5ms",
        "0.25,     0.5,      250ms–500ms",
        "0.2501,   0.2504,   250ms–251ms",
        "0.9991,   0.9999,   999ms–1s",
        "1.24,     1.24,     1.2s–1.3s",
        "2.5,      2.5,      2.5s",
        "80,       Infinity, > 80s",
        "0.30000000000000004, 0.30000000000000004, 300ms",
        "125,      301,      2m–5.1m",
    })
    void aRangeOfTimesIsRoundedOutwards(double low, double high, String text) {
        assertThat(Figures.range(new SecondsRange(new Seconds(low), new Seconds(high))))
                .contains(text);
    }

    @Test
    void aRangeThatSaysNothingIsLeftOut() {
        assertThat(Figures.range(new SecondsRange(Seconds.ZERO, Seconds.INFINITE)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.981,   0.981,   98.1 %",
        "0.972,   0.981,   97.2 %–98.1 %",
        "0.9725,  0.9809,  97.2 %–98.1 %",
        "0.94996, 0.94996, 94.9 %",
        "0.95,    0.95,    95 %",
        "0.99985, 0.99991, 99.98 %–100 %",
        "0,       1,       0 %–100 %",
    })
    void aShareIsNeverShownBetterThanItIs(double low, double high, String text) {
        assertThat(Figures.range(new ShareRange(new Share(low), new Share(high))))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1,       1,       100 %",
        "0.6,     0.6,     60 %",
        "0.4,     0.63,    40 %–63 %",
        "0.401,   0.629,   40 %–63 %",
        "0.999,   0.9991,  99 %–100 %",
        "-1.205,  -0.001,  -121 %–0 %",
        "-19,     1,       -1900 %–100 %",
    })
    void whatIsLeftOfABudgetIsShownToTheWholePercent(double low, double high, String text) {
        assertThat(Figures.range(new BudgetRange(low, high))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "3.6,3.60",
        "0,0.00",
        "0.397,0.397",
        "0.3974999,0.397",
        "1.1949,1.19",
        "12345.678,12345.68",
        "100,100.00"
    })
    void dollarsHaveCentsAndSmallAmountsThreeDigits(String amount, String text) {
        assertThat(Figures.dollars(HourlyCost.ofDollars(amount))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1.6667,1.67", "12.34,12.3", "0.012345,0.0123", "1234,1230", "0,0"})
    void aRateHasThreeDigits(double rate, String text) {
        assertThat(Figures.rate(new RequestRate(rate))).contains(text);
    }

    /** 3 req/s of 800 tokens are 8.64 million tokens an hour. */
    @ParameterizedTest
    @CsvSource({"2.40,3,0.278", "86.40,3,10.00", "2.40,0.01,83.33"})
    void theCostOfATokenIsTheBillByTheTokensOfTheHour(String bill, double observed, String text) {
        assertThat(Figures.perMillionTokens(HourlyCost.ofDollars(bill), demand(observed, 600)))
                .contains(text);
    }

    @ParameterizedTest
    @CsvSource({"0,600", "0.009,600", "3,0", "Infinity,600"})
    void withTooFewTokensThereIsNoCostOfAToken(double observed, double input) {
        DemandEstimate demand = new DemandEstimate(
                new RequestRate(observed), RequestRate.ZERO, RequestRate.ZERO, new Tokens(input), Tokens.ZERO);
        assertThat(Figures.perMillionTokens(HourlyCost.ofDollars("2.40"), demand))
                .isEmpty();
    }

    @Test
    void evenTheDearestTokenHasACost() {
        DemandEstimate demand = new DemandEstimate(
                new RequestRate(0.01), RequestRate.ZERO, RequestRate.ZERO, new Tokens(1), Tokens.ZERO);
        assertThat(Figures.perMillionTokens(HourlyCost.ofDollars("9000000000"), demand))
                .contains("250000000000000.00");
    }

    @Test
    void timesAreToTheSecond() {
        assertThat(Figures.time(Instant.parse("2026-03-01T12:00:00.999Z"))).isEqualTo("2026-03-01T12:00:00Z");
    }

    private static DemandEstimate demand(double observed, double input) {
        return new DemandEstimate(
                new RequestRate(observed),
                RequestRate.ZERO,
                RequestRate.ZERO,
                new Tokens(input),
                new Tokens(800 - input));
    }
}
