package dev.gearshift.core.predict;

import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.ReplicaState;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.TierName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How long a model's replicas take from being asked for to being ready, per tier: the 90th percentile of the last
 * {@link #KEPT} starts. {@link #PRIOR} stands in for starts not seen yet, so that one lucky start does not shorten the
 * horizon at once.
 *
 * @param starts the last starts, oldest first, by tier
 * @param awaited replicas seen on their way and not yet ready, by name
 */
public record LeadTimes(SortedMap<TierName, List<Seconds>> starts, SortedSet<String> awaited) {

    /** Starts remembered per tier. */
    public static final int KEPT = 16;

    /** The first guess: a node in about two minutes, a model loaded in about one. */
    public static final Seconds PRIOR = new Seconds(180);

    private static final int PRIOR_WEIGHT = 2;
    private static final double PERCENTILE = 0.9;

    /** Nothing was seen yet. */
    public static final LeadTimes NONE = new LeadTimes(new TreeMap<>(), new TreeSet<>());

    public LeadTimes {
        starts = Collections.unmodifiableSortedMap(new TreeMap<>(starts));
        awaited = Collections.unmodifiableSortedSet(new TreeSet<>(awaited));
    }

    /** The 90th percentile of a tier's starts. */
    public Seconds of(TierName tier) {
        List<Seconds> known = new ArrayList<>(starts.getOrDefault(tier, List.of()));
        for (int i = known.size(); i < PRIOR_WEIGHT; i++) {
            known.add(PRIOR);
        }
        Collections.sort(known);
        return known.get((int) Math.ceil(PERCENTILE * known.size()) - 1);
    }

    /** What is known when a start was given up after so long: it would have taken longer. */
    public LeadTimes givenUp(TierName tier, Seconds after) {
        SortedMap<TierName, List<Seconds>> next = new TreeMap<>(starts);
        next.put(tier, with(next.getOrDefault(tier, List.of()), after));
        return new LeadTimes(next, awaited);
    }

    /** What is known after one more look at a model. */
    public LeadTimes after(ModelState model) {
        SortedMap<TierName, List<Seconds>> next = new TreeMap<>(starts);
        SortedSet<String> waiting = new TreeSet<>();
        for (ReplicaState replica : model.replicas()) {
            if (replica.isComing()) {
                waiting.add(replica.name());
            } else if (awaited.contains(replica.name()) && replica.readySince().isPresent()) {
                Duration took =
                        Duration.between(replica.created(), replica.readySince().get());
                Seconds start = Seconds.of(took.isNegative() ? Duration.ZERO : took);
                next.put(replica.tier(), with(next.getOrDefault(replica.tier(), List.of()), start));
            }
        }
        return new LeadTimes(next, waiting);
    }

    private static List<Seconds> with(List<Seconds> known, Seconds start) {
        List<Seconds> longer = new ArrayList<>(known);
        longer.add(start);
        return List.copyOf(longer.subList(Math.max(0, longer.size() - KEPT), longer.size()));
    }
}
