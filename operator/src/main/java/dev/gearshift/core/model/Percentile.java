package dev.gearshift.core.model;

/**
 * The percentile of a latency target: at least this share of the requests that arrived must meet it.
 *
 * @param value between 50 and 99.99
 */
public record Percentile(double value) implements Comparable<Percentile> {

    /** The lowest percentile a target may ask for. */
    public static final double LOWEST = 50;

    /** The highest percentile a target may ask for. */
    public static final double HIGHEST = 99.99;

    public Percentile {
        if (!(value >= LOWEST && value <= HIGHEST)) {
            throw new IllegalArgumentException(
                    "a percentile must be from " + LOWEST + " to " + HIGHEST + ", but is " + value);
        }
    }

    /** The share of requests that must meet the target, such as 0.95. */
    public Share share() {
        return new Share(value / 100);
    }

    @Override
    public int compareTo(Percentile other) {
        return Double.compare(value, other.value);
    }
}
