package dev.gearshift.core.model;

/** Which side gives way when latency and cost cannot both be had. */
public enum Precedence {
    /** Cost limits are alarms. */
    LATENCY,
    /** Cost limits are caps. */
    COST
}
