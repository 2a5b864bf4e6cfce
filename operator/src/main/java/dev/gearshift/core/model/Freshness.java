package dev.gearshift.core.model;

/** How far metrics can be trusted. */
public enum Freshness {
    /** Recent enough to decide on. */
    FRESH,
    /** Part of what was asked for did not come: good for going up, not for going down. */
    PARTIAL,
    /** Old: good for going up, not for going down. */
    STALE,
    /** There are none. Absent is not zero. */
    ABSENT;

    /** This, or the bound where this is better. */
    public Freshness atBest(Freshness bound) {
        return compareTo(bound) < 0 ? bound : this;
    }
}
