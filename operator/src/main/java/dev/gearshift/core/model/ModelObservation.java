package dev.gearshift.core.model;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the metrics say about one model.
 *
 * @param freshness of the model as a whole: that of its worst tier with ready replicas
 * @param age how old the newest sample is; empty when there is none
 * @param tiers one entry a tier that has replicas, in order of name
 * @param pods one entry a replica that was seen, by name
 * @param knocking what is asked of it as somebody in front of its replicas tells
 */
public record ModelObservation(
        Freshness freshness,
        Optional<Duration> age,
        List<TierLoad> tiers,
        SortedMap<String, PodLoad> pods,
        Knocking knocking) {

    /** Nothing is known. */
    public static final ModelObservation ABSENT =
            new ModelObservation(Freshness.ABSENT, Optional.empty(), List.of(), new TreeMap<>());

    /** What the replicas alone tell. */
    public ModelObservation(
            Freshness freshness, Optional<Duration> age, List<TierLoad> tiers, SortedMap<String, PodLoad> pods) {
        this(freshness, age, tiers, pods, Knocking.nobody());
    }

    public ModelObservation {
        tiers = List.copyOf(tiers);
        pods = Collections.unmodifiableSortedMap(new TreeMap<>(pods));
    }

    /** The offered load over all tiers that are not absent. */
    public RequestRate offered() {
        return sum(TierLoad::offered);
    }

    /** What failed of it. */
    public RequestRate failed() {
        return sum(TierLoad::failed);
    }

    private RequestRate sum(Function<TierLoad, RequestRate> part) {
        return tiers.stream()
                .filter(load -> load.freshness() != Freshness.ABSENT)
                .map(part)
                .reduce(RequestRate.ZERO, RequestRate::plus);
    }

    /** This with what is told in front of the replicas. */
    public ModelObservation knocking(Knocking heard) {
        return new ModelObservation(freshness, age, tiers, pods, heard);
    }

    /** What a tier was seen doing. */
    public Optional<TierLoad> tier(TierName name) {
        return tiers.stream().filter(load -> load.tier().equals(name)).findFirst();
    }
}
