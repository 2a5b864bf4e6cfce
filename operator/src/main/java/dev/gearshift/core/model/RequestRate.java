package dev.gearshift.core.model;

/**
 * Requests per second.
 *
 * @param perSecond requests per second, not negative, not NaN
 */
public record RequestRate(double perSecond) implements Quantity, Comparable<RequestRate> {

    /** None. */
    public static final RequestRate ZERO = new RequestRate(0);

    public RequestRate {
        Checks.notNegative("perSecond", perSecond);
    }

    /** The sum. */
    public RequestRate plus(RequestRate other) {
        return new RequestRate(perSecond + other.perSecond);
    }

    /** This quantity times a dimensionless factor. */
    public RequestRate times(double factor) {
        return new RequestRate(perSecond * factor);
    }

    @Override
    public int compareTo(RequestRate other) {
        return Double.compare(perSecond, other.perSecond);
    }
}
