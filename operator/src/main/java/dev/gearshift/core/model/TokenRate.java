package dev.gearshift.core.model;

/**
 * Tokens per second.
 *
 * @param perSecond tokens per second, not negative, not NaN
 */
public record TokenRate(double perSecond) implements Quantity, Comparable<TokenRate> {

    /** None. */
    public static final TokenRate ZERO = new TokenRate(0);

    public TokenRate {
        Checks.notNegative("perSecond", perSecond);
    }

    /** The sum. */
    public TokenRate plus(TokenRate other) {
        return new TokenRate(perSecond + other.perSecond);
    }

    /** This quantity times a dimensionless factor. */
    public TokenRate times(double factor) {
        return new TokenRate(perSecond * factor);
    }

    @Override
    public int compareTo(TokenRate other) {
        return Double.compare(perSecond, other.perSecond);
    }
}
