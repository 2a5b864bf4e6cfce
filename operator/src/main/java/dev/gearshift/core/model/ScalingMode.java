package dev.gearshift.core.model;

/** Who acts on a decision. */
public enum ScalingMode {
    /** Decisions are carried out. */
    AUTO,
    /** Decisions are shown, not carried out. */
    RECOMMEND,
    /** What runs is kept as it is. */
    PAUSED
}
