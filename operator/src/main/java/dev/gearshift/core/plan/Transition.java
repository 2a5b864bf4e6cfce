package dev.gearshift.core.plan;

import dev.gearshift.core.guard.Drains;
import dev.gearshift.core.model.Front;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.PodLoad;
import dev.gearshift.core.model.ReplicaPhase;
import dev.gearshift.core.model.ReplicaState;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.plan.Roster.Squad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The next step from what runs to a target gear: make before break. Orders go out at once and in full; a serving replica is
 * only taken out of service while the ready ones that stay carry what is required (or what the target carries, when that is
 * less). Replicas whose engine fails stay only as long as nothing can take their place. Replicas that have not started serving are cancelled without ceremony. Replicas on their way out are called back
 * before new ones are ordered.
 */
final class Transition {

    /**
     * A step.
     *
     * @param gear what should be ordered now, draining replicas included
     * @param front which replicas receive requests
     * @param drains replicas on their way out, the new ones included
     * @param released replicas newly taken out of service
     * @param kept serving replicas beyond the target that must stay until others are ready
     */
    record Step(Gear gear, Front front, Drains drains, List<ReplicaState> released, int kept) {}

    private final ModelState model;
    private final Roster roster;
    private final Carried carried;
    private final Instant now;
    private final SortedMap<TierName, Integer> serving = new TreeMap<>();
    private final SortedMap<TierName, Integer> coming = new TreeMap<>();
    private final SortedMap<TierName, Integer> releasable = new TreeMap<>();
    private Drains drains;

    Transition(ModelState model, Roster roster, Carried carried, Drains drains, Instant now) {
        this.model = model;
        this.roster = roster;
        this.carried = carried;
        this.drains = drains;
        this.now = now;
    }

    /**
     * The next step.
     *
     * @param target where to go
     * @param required what must be carried on the way
     */
    Step towards(Gear target, RequestRate required) {
        boolean isShort = target.isEmpty() || carried.by(target).compareTo(required) < 0;
        return towards(target, required, isShort);
    }

    /** The next step when nothing must be carried. */
    Step towardsNoNeed(Gear target) {
        return towards(target, RequestRate.ZERO, false);
    }

    /**
     * The next step.
     *
     * @param isShort whether replicas whose engine fails may still be needed
     */
    private Step towards(Gear target, RequestRate required, boolean isShort) {
        SortedSet<TierName> names = new TreeSet<>(roster.tiers().keySet());
        names.addAll(target.replicas().keySet());
        names.forEach(tier -> sort(tier, target.on(tier)));

        FrontChoice fronts = new FrontChoice(carried, model.front());
        RequestRate whole = carried.by(target);
        RequestRate floor = whole.compareTo(required) < 0 ? whole : required;
        List<ReplicaState> released = release(fronts, floor);
        List<ReplicaState> evacuated = evacuate(fronts, floor);
        int kept = releasable.values().stream().mapToInt(Integer::intValue).sum() - released.size();

        SortedMap<TierName, Integer> gear = new TreeMap<>();
        for (TierName tier : names) {
            Squad squad = roster.on(tier);
            int failing = isShort ? squad.failing().size() : 0;
            gear.put(
                    tier,
                    serving.getOrDefault(tier, 0)
                            + coming.getOrDefault(tier, 0)
                            + draining(tier, released)
                            + count(tier, evacuated)
                            + squad.leaving().size()
                            - count(tier, evacuated)
                            + failing);
        }
        Front front = fronts.choose(new Gear(serving), onTheirWay());
        return new Step(new Gear(gear), front, drains, released, kept);
    }

    /** Sorts a tier's replicas into those that serve on, those that are still to come, and those that could go. */
    private void sort(TierName tier, int want) {
        Squad squad = roster.on(tier);
        int ready = squad.serving().size();
        if (want > squad.committed()) {
            List<ReplicaState> back = wantedAgain(squad, want - squad.committed());
            back.forEach(replica -> drains = drains.without(replica.name()));
            ready += back.size();
            serving.put(tier, ready);
            coming.put(tier, want - ready);
            releasable.put(tier, 0);
        } else {
            serving.put(tier, ready);
            coming.put(tier, Math.max(0, want - ready));
            releasable.put(tier, Math.max(0, ready - surge(tier) - want));
        }
    }

    /** Replicas on their way out that can serve on: the busiest of those still finishing first, then those that have finished. */
    private List<ReplicaState> wantedAgain(Squad squad, int most) {
        return Stream.concat(
                        squad.draining().stream().sorted(byWork().reversed().thenComparing(ReplicaState::name)),
                        squad.drained().stream().filter(ReplicaState::isReady))
                .filter(replica -> !replica.nodeLeaving())
                .limit(most)
                .toList();
    }

    /**
     * Replicas beyond what is ordered: while a template is rolled out, new ones stand beside the old ones they replace, and the
     * Deployment takes those away itself.
     */
    private int surge(TierName tier) {
        long present = model.on(tier).stream()
                .filter(replica -> replica.phase() != ReplicaPhase.TERMINATING)
                .count();
        int finished = roster.on(tier).drained().size();
        int ordered = model.ordered().map(gear -> gear.on(tier)).orElse(0);
        return (int) Math.max(0, present - finished - ordered);
    }

    /** Takes replicas on nodes that go away out of service, once others carry what is required. */
    private List<ReplicaState> evacuate(FrontChoice fronts, RequestRate floor) {
        Gear staying = new Gear(serving);
        if (staying.isEmpty() || fronts.most(staying, onTheirWay()).compareTo(floor) < 0) {
            return List.of();
        }
        List<ReplicaState> leaving = roster.tiers().values().stream()
                .flatMap(squad -> squad.leaving().stream())
                .toList();
        leaving.forEach(replica -> drains = drains.with(replica.name(), now));
        return leaving;
    }

    private List<ReplicaState> release(FrontChoice fronts, RequestRate floor) {
        List<ReplicaState> released = new ArrayList<>();
        List<TierName> order = new ArrayList<>(releasable.keySet());
        order.sort(Comparator.comparing(this::price).reversed().thenComparing(Comparator.naturalOrder()));
        for (TierName tier : order) {
            int before = serving.getOrDefault(tier, 0);
            int most = releasable.getOrDefault(tier, 0);
            int goes = 0;
            for (int count = most; count > 0 && goes == 0; count--) {
                serving.put(tier, before - count);
                if (fronts.most(new Gear(serving), onTheirWay()).compareTo(floor) >= 0) {
                    goes = count;
                }
            }
            serving.put(tier, before - goes);
            for (ReplicaState victim : victims(tier, goes)) {
                drains = drains.with(victim.name(), now);
                released.add(victim);
            }
        }
        return released;
    }

    private SortedSet<TierName> onTheirWay() {
        SortedSet<TierName> tiers = new TreeSet<>();
        coming.forEach((tier, count) -> {
            if (count > 0) {
                tiers.add(tier);
            }
        });
        return tiers;
    }

    /** Replicas whose leaving empties a node go first, then those with the least work. */
    private List<ReplicaState> victims(TierName tier, int count) {
        List<ReplicaState> candidates = new ArrayList<>(roster.on(tier).serving());
        candidates.removeIf(replica -> drains.contains(replica.name()));
        SortedMap<String, Integer> onNode = new TreeMap<>();
        candidates.forEach(replica -> replica.node().ifPresent(node -> onNode.merge(node, 1, Integer::sum)));
        candidates.sort(Comparator.comparingInt((ReplicaState replica) -> together(replica, onNode))
                .thenComparing(replica ->
                        together(replica, onNode) > 1 ? replica.node().orElse("") : "")
                .thenComparing(byWork())
                .thenComparing(ReplicaState::created, Comparator.reverseOrder())
                .thenComparing(ReplicaState::name));
        return List.copyOf(candidates.subList(0, Math.min(count, candidates.size())));
    }

    private Comparator<ReplicaState> byWork() {
        return Comparator.comparingDouble(
                replica -> Optional.ofNullable(model.observation().pods().get(replica.name()))
                        .map(Transition::work)
                        .orElse(0.0));
    }

    private static double work(PodLoad load) {
        return load.running() + load.waiting();
    }

    private long price(TierName tier) {
        return model.spec()
                .tier(tier)
                .map(option -> option.tier().price().perHour().nanoDollars() * option.acceleratorsPerReplica())
                .orElse(Long.MAX_VALUE);
    }

    private static int together(ReplicaState replica, SortedMap<String, Integer> onNode) {
        return replica.node().map(node -> onNode.getOrDefault(node, 0)).orElse(0);
    }

    private static int count(TierName tier, List<ReplicaState> replicas) {
        return (int)
                replicas.stream().filter(replica -> replica.tier().equals(tier)).count();
    }

    private int draining(TierName tier, List<ReplicaState> released) {
        long before = roster.on(tier).draining().stream()
                .filter(replica -> drains.contains(replica.name()))
                .count();
        return (int) before + count(tier, released);
    }
}
