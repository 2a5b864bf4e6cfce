package dev.gearshift.core.model;

/**
 * What one replica was last seen doing.
 *
 * @param pod its name
 * @param freshness how far this can be trusted
 * @param running requests being computed
 * @param waiting requests queued
 * @param completed requests completed since it was first seen
 */
public record PodLoad(String pod, Freshness freshness, double running, double waiting, double completed) {

    /** The same, trusted no further than this. */
    public PodLoad atBest(Freshness bound) {
        return new PodLoad(pod, freshness.atBest(bound), running, waiting, completed);
    }

    /** Whether it was reliably seen without work. */
    public boolean isIdle() {
        return freshness == Freshness.FRESH && running == 0 && waiting == 0;
    }
}
