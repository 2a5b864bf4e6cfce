package dev.gearshift.core.model;

/**
 * How many of something that is whole.
 *
 * @param value not negative
 */
public record Count(long value) implements Quantity {

    public Count {
        Checks.notNegative("count", value);
    }
}
