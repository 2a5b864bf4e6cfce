package dev.gearshift.core.model;

/** The name of a hardware tier. */
public record TierName(String value) implements Comparable<TierName> {

    public TierName {
        Checks.notBlank("tier name", value);
    }

    @Override
    public int compareTo(TierName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
