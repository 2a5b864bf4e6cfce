package dev.gearshift.core.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * An amount of US dollars, exact to a billionth of a dollar. Negative amounts are allowed: a difference can be a saving.
 *
 * @param nanoDollars the amount in billionths of a dollar
 */
public record Money(long nanoDollars) implements Quantity, Comparable<Money> {

    /** No money. */
    public static final Money ZERO = new Money(0);

    private static final int SCALE = 9;

    /**
     * An amount given in dollars.
     *
     * @throws ArithmeticException when the amount is beyond about 9.2 billion dollars
     */
    public static Money ofDollars(BigDecimal dollars) {
        return new Money(
                dollars.setScale(SCALE, RoundingMode.HALF_EVEN).unscaledValue().longValueExact());
    }

    /**
     * An amount given in dollars as decimal text, such as {@code 0.397}.
     *
     * @throws NumberFormatException when the text is not a decimal number
     */
    public static Money ofDollars(String dollars) {
        return ofDollars(new BigDecimal(dollars));
    }

    /** The amount in dollars. */
    public BigDecimal dollars() {
        return BigDecimal.valueOf(nanoDollars, SCALE);
    }

    /** The sum of two amounts. */
    public Money plus(Money other) {
        return new Money(Math.addExact(nanoDollars, other.nanoDollars));
    }

    /** The difference of two amounts. */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(nanoDollars, other.nanoDollars));
    }

    /** This amount so many times. */
    public Money times(long count) {
        return new Money(Math.multiplyExact(nanoDollars, count));
    }

    /** This amount times a dimensionless factor, rounded half to even. */
    public Money times(double factor) {
        return ofDollars(dollars().multiply(BigDecimal.valueOf(factor)));
    }

    /** How many times {@code other} this amount is. */
    public double ratioTo(Money other) {
        return (double) nanoDollars / other.nanoDollars;
    }

    /** The rate at which this amount per hour is spent. */
    public HourlyCost perHour() {
        return new HourlyCost(this);
    }

    /** The rate that spends this amount evenly over {@code duration}. */
    public HourlyCost over(Duration duration) {
        return times(Duration.ofHours(1).toNanos() / (double) duration.toNanos())
                .perHour();
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(nanoDollars, other.nanoDollars);
    }
}
