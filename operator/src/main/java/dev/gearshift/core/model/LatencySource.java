package dev.gearshift.core.model;

/** Who measures the latency of a model's requests. */
public enum LatencySource {
    /** The engines themselves. */
    ENGINE,
    /** A gateway in front of them, which sees every request whatever the engine shows. */
    GATEWAY
}
