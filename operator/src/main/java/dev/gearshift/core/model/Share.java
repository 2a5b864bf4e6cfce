package dev.gearshift.core.model;

/**
 * A part of a whole.
 *
 * @param value from 0 to 1
 */
public record Share(double value) implements Quantity, Comparable<Share> {

    /** Nothing of it. */
    public static final Share NONE = new Share(0);

    /** All of it. */
    public static final Share ALL = new Share(1);

    public Share {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a share must be from 0 to 1, but is " + value);
        }
    }

    /** The rest of the whole. */
    public Share rest() {
        return new Share(1 - value);
    }

    @Override
    public int compareTo(Share other) {
        return Double.compare(value, other.value);
    }
}
