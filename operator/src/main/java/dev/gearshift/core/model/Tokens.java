package dev.gearshift.core.model;

/**
 * A number of tokens; a mean need not be whole.
 *
 * @param count tokens, not negative, not NaN
 */
public record Tokens(double count) implements Quantity, Comparable<Tokens> {

    /** None. */
    public static final Tokens ZERO = new Tokens(0);

    public Tokens {
        Checks.notNegative("count", count);
    }

    /** The sum. */
    public Tokens plus(Tokens other) {
        return new Tokens(count + other.count);
    }

    /** This quantity times a dimensionless factor. */
    public Tokens times(double factor) {
        return new Tokens(count * factor);
    }

    @Override
    public int compareTo(Tokens other) {
        return Double.compare(count, other.count);
    }
}
