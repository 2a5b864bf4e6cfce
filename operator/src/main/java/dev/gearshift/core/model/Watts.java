package dev.gearshift.core.model;

/**
 * A power.
 *
 * @param value watts, not negative
 */
public record Watts(double value) implements Comparable<Watts> {

    public Watts {
        Checks.notNegative("watts", value);
        Checks.finite("watts", value);
    }

    @Override
    public int compareTo(Watts other) {
        return Double.compare(value, other.value);
    }
}
