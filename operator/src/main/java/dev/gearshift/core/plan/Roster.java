package dev.gearshift.core.plan;

import dev.gearshift.core.guard.Drains;
import dev.gearshift.core.guard.EngineTrouble;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.ReplicaPhase;
import dev.gearshift.core.model.ReplicaState;
import dev.gearshift.core.model.TierName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * A model's replicas sorted by what they are good for, per tier.
 *
 * @param tiers one entry a tier that is declared or has replicas or a Deployment, in order of name
 */
public record Roster(SortedMap<TierName, Squad> tiers) {

    /**
     * The replicas of one tier.
     *
     * @param serving ready, not draining, on nodes that stay
     * @param coming on their way: seen but not ready, or failing but not given up yet
     * @param expected asked for and not seen yet
     * @param draining taken out of service, not finished
     * @param drained taken out of service, finished, still there
     * @param failing given up: the engine does not run
     * @param leaving ready, on a node that is about to go
     */
    public record Squad(
            List<ReplicaState> serving,
            List<ReplicaState> coming,
            int expected,
            List<ReplicaState> draining,
            List<ReplicaState> drained,
            List<ReplicaState> failing,
            List<ReplicaState> leaving) {

        /** Replicas that are or will be capacity when nothing is changed. */
        public int committed() {
            return serving.size() + coming.size() + expected;
        }
    }

    private static final Squad NOBODY = new Squad(List.of(), List.of(), 0, List.of(), List.of(), List.of(), List.of());

    public Roster {
        tiers = Collections.unmodifiableSortedMap(new TreeMap<>(tiers));
    }

    /** Sorts the replicas of a model. */
    public static Roster of(ModelState model, Drains drains, EngineTrouble trouble) {
        SortedSet<TierName> names = new TreeSet<>();
        model.spec().tiers().forEach(option -> names.add(option.name()));
        model.replicas().forEach(replica -> names.add(replica.tier()));
        model.ordered().ifPresent(gear -> names.addAll(gear.replicas().keySet()));
        SortedMap<TierName, Squad> squads = new TreeMap<>();
        for (TierName name : names) {
            squads.put(name, squad(model, name, drains, trouble.on(name).isPresent()));
        }
        return new Roster(squads);
    }

    /** The replicas of a tier. */
    public Squad on(TierName tier) {
        return tiers.getOrDefault(tier, NOBODY);
    }

    /** What is or will be capacity when nothing is changed. */
    public Gear committed() {
        return gear(Squad::committed);
    }

    /** What is capacity now. */
    public Gear serving() {
        return gear(squad -> squad.serving().size());
    }

    private Gear gear(ToIntFunction<Squad> count) {
        SortedMap<TierName, Integer> counts = new TreeMap<>();
        tiers.forEach((name, squad) -> counts.put(name, count.applyAsInt(squad)));
        return new Gear(counts);
    }

    private static Squad squad(ModelState model, TierName tier, Drains drains, boolean troubled) {
        List<ReplicaState> serving = new ArrayList<>();
        List<ReplicaState> coming = new ArrayList<>();
        List<ReplicaState> draining = new ArrayList<>();
        List<ReplicaState> drained = new ArrayList<>();
        List<ReplicaState> failing = new ArrayList<>();
        List<ReplicaState> leaving = new ArrayList<>();
        int present = 0;
        for (ReplicaState replica : model.on(tier)) {
            if (replica.phase() == ReplicaPhase.TERMINATING) {
                continue;
            }
            present++;
            if (drains.finished().contains(replica.name())) {
                drained.add(replica);
            } else if (drains.contains(replica.name())) {
                draining.add(replica);
            } else if (replica.isReady()) {
                (replica.nodeLeaving() ? leaving : serving).add(replica);
            } else if (replica.phase() == ReplicaPhase.FAILING && troubled) {
                failing.add(replica);
            } else {
                coming.add(replica);
            }
        }
        int ordered = model.ordered().map(gear -> gear.on(tier)).orElse(0);
        return new Squad(serving, coming, Math.max(0, ordered - present), draining, drained, failing, leaving);
    }
}
