package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.DemandEstimate;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.LatencyVerdict.BudgetRange;
import dev.gearshift.core.model.LatencyVerdict.SecondsRange;
import dev.gearshift.core.model.LatencyVerdict.ShareRange;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.ReasonText;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.Tokens;
import dev.gearshift.core.model.Watts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Figures of a status, rounded to what is worth reading. Bounds are rounded outwards, so that what is shown is never too good. */
final class Figures {

    /** Digits of a figure that has no natural smallest unit. */
    private static final MathContext WORTH_READING = new MathContext(3, RoundingMode.HALF_UP);

    /** Digits of a power that stay the same while the load does. */
    private static final MathContext STEADY = new MathContext(2, RoundingMode.HALF_UP);

    private static final int CENTS = 2;

    /** What arithmetic leaves behind the ninth place is no reason to round a bound outwards. */
    private static final int EXACT = 9;

    /** Below this rate a cost per token says more about the lull than about the model. */
    private static final RequestRate FEWEST = new RequestRate(0.01);

    /** A request without tokens costs nothing per token. */
    private static final Tokens LEAST = new Tokens(1);

    private static final double SECONDS_PER_HOUR = 3600;

    private static final BigDecimal NEARLY_ALL = BigDecimal.valueOf(99);

    private Figures() {}

    /** RFC 3339, to the second. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Dollars an hour as decimal text: to the cent, and three digits of less than a dollar: {@code 3.60}, {@code 0.397}. */
    static String dollars(HourlyCost cost) {
        return dollars(cost.perHour().dollars());
    }

    /** Watts to two digits: a third one never stands still. */
    static int watts(Watts watts) {
        return new BigDecimal(watts.value()).round(STEADY).intValue();
    }

    /** Dollars per million tokens at the load last seen; empty when there are too few tokens to tell. */
    static Optional<String> perMillionTokens(HourlyCost cost, DemandEstimate demand) {
        Tokens each = demand.meanInput().plus(demand.meanOutput());
        double millionsPerHour = demand.observed().perSecond() * each.count() * SECONDS_PER_HOUR / 1e6;
        if (demand.observed().compareTo(FEWEST) < 0
                || each.compareTo(LEAST) < 0
                || Double.isInfinite(millionsPerHour)) {
            return Optional.empty();
        }
        return Optional.of(
                dollars(cost.perHour().dollars().divide(BigDecimal.valueOf(millionsPerHour), MathContext.DECIMAL64)));
    }

    private static String dollars(BigDecimal amount) {
        BigDecimal rounded = amount.compareTo(BigDecimal.ONE) < 0
                ? amount.round(WORTH_READING)
                : amount.setScale(CENTS, RoundingMode.HALF_UP);
        BigDecimal shortest = rounded.stripTrailingZeros();
        return (shortest.scale() < CENTS ? shortest.setScale(CENTS, RoundingMode.UNNECESSARY) : shortest)
                .toPlainString();
    }

    /** Three digits, such as {@code 1.25}; empty when there is no bound. */
    static Optional<String> rate(RequestRate rate) {
        return Double.isFinite(rate.perSecond())
                ? Optional.of(plain(BigDecimal.valueOf(rate.perSecond()).round(WORTH_READING)))
                : Optional.empty();
    }

    /** Such as {@code ≤ 1s}, {@code 250ms–500ms} or {@code > 80s}; empty when any time is possible. */
    static Optional<String> range(SecondsRange range) {
        String low = ReasonText.seconds(onGrid(range.low(), RoundingMode.FLOOR));
        boolean fromZero = onGrid(range.low(), RoundingMode.FLOOR).equals(Seconds.ZERO);
        if (!range.high().isFinite()) {
            return fromZero ? Optional.empty() : Optional.of("> " + low);
        }
        String high = ReasonText.seconds(onGrid(range.high(), RoundingMode.CEILING));
        if (fromZero) {
            return Optional.of("≤ " + high);
        }
        return Optional.of(low.equals(high) ? low : low + "–" + high);
    }

    /** Such as {@code 98.1 %} or {@code 97.2 %–98.1 %}. */
    static String range(ShareRange range) {
        String low = percent(range.low(), RoundingMode.FLOOR);
        String high = percent(range.high(), RoundingMode.CEILING);
        return range.low().equals(range.high()) || low.equals(high) ? low : low + "–" + high;
    }

    /** Such as {@code 63 %}, {@code 40 %–63 %} or {@code -120 %}, to the whole percent. */
    static String range(BudgetRange range) {
        String low = wholePercent(range.low(), RoundingMode.FLOOR);
        String high = wholePercent(range.high(), RoundingMode.CEILING);
        return range.low() == range.high() || low.equals(high) ? low : low + "–" + high;
    }

    private static String wholePercent(double ratio, RoundingMode mode) {
        return plain(exact(ratio).movePointRight(2).setScale(0, mode)) + " %";
    }

    /** Such as {@code 99.5 %}. */
    static String percent(Percentile percentile) {
        return plain(BigDecimal.valueOf(percentile.value())) + " %";
    }

    /** One decimal, and two from 99 % on, where objectives lie that close together. */
    private static String percent(Share share, RoundingMode mode) {
        BigDecimal exact = exact(share.value()).movePointRight(2);
        int places = exact.compareTo(NEARLY_ALL) < 0 ? 1 : 2;
        return plain(exact.setScale(places, mode)) + " %";
    }

    /** The span as {@link ReasonText#seconds} can show it without rounding it again. */
    private static Seconds onGrid(Seconds span, RoundingMode mode) {
        if (!span.isFinite()) {
            return span;
        }
        BigDecimal grid = new BigDecimal(span.value() < 1 ? "0.001" : span.value() < 120 ? "0.1" : "6");
        return new Seconds(
                exact(span.value()).divide(grid, 0, mode).multiply(grid).doubleValue());
    }

    private static BigDecimal exact(double value) {
        return BigDecimal.valueOf(value).setScale(EXACT, RoundingMode.HALF_EVEN);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
