package dev.gearshift.core.plan;

import dev.gearshift.core.guard.Bench;
import dev.gearshift.core.guard.Drains;
import dev.gearshift.core.guard.MissingMetrics;
import dev.gearshift.core.guard.Sleep;
import dev.gearshift.core.model.Count;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.PodLoad;
import dev.gearshift.core.model.Precedence;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReplicaState;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.ScalingMode;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.plan.TargetChoice.Target;
import dev.gearshift.core.plan.Transition.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Says why a step is taken, the most telling reason first. */
final class Reasons {

    private final ModelState model;
    private final ModelSpec spec;
    private final Roster roster;
    private final Carried carried;
    private final FleetLimits fleet;
    private final List<Reason> reasons = new ArrayList<>();

    Reasons(ModelState model, Roster roster, Carried carried, FleetLimits fleet) {
        this.model = model;
        this.spec = model.spec();
        this.roster = roster;
        this.carried = carried;
        this.fleet = fleet;
    }

    /**
     * What was found out on the way to a step.
     *
     * @param requirement what must be carried
     * @param offers what the tiers offer
     * @param target where to go
     * @param goal where to go, tiers that do not exist any more included
     * @param present what is or will be capacity when nothing is changed, as far as that is still possible
     * @param step the next step
     * @param looked what happened to drains
     * @param missing whether metrics are missing for long, or good again
     * @param shift the shift under way
     * @param lost replicas that went away
     * @param hold how long less must be enough
     * @param deferred a cheaper gear that would do by the last look alone
     * @param sleep whether the model is to have no replica
     */
    record Findings(
            Requirement requirement,
            Offers offers,
            Target target,
            Gear goal,
            Gear present,
            Step step,
            Drains.Looked looked,
            MissingMetrics.Looked missing,
            ShiftWatch shift,
            SortedMap<String, TierName> lost,
            Duration hold,
            Optional<Gear> deferred,
            Sleep sleep) {}

    /** Every reason, the most telling first; never empty. */
    List<Reason> of(Findings found, Instant now) {
        authority(found);
        reasons.addAll(found.offers().reasons());
        stockOuts(now);
        spec.missing()
                .forEach(tier -> reasons.add(Reason.of(ReasonKind.TIER_MISSING).on(tier)));
        reasons.addAll(found.requirement().reasons());
        found.missing().serious().ifPresent(reasons::add);
        found.lost()
                .forEach((replica, tier) ->
                        reasons.add(Reason.of(ReasonKind.REPLICA_LOST).on(tier).about(replica)));
        found.shift()
                .aborted()
                .ifPresent(tier -> reasons.add(Reason.of(ReasonKind.SHIFT_ABORTED)
                        .on(tier)
                        .about(roster.serving().toString())
                        .limit(found.shift().patience())));
        sleep(found);
        movement(found, now);
        found.target().shortfall().ifPresent(reasons::add);
        costAlarm(found.goal());
        drains(found);
        found.deferred()
                .ifPresent(gear -> reasons.add(Reason.of(ReasonKind.RELEASE_DEFERRED)
                        .about(gear.toString())
                        .limit(Seconds.of(found.hold()))
                        .bill(bill(found.goal()), bill(gear))));
        if (reasons.isEmpty()) {
            reasons.add(steady(found));
        }
        // Never the headline: it is news of one interval, and the status would be written for it and again after it.
        found.missing().over().ifPresent(reasons::add);
        // While replicas serve it is no trouble yet that nobody would tell when they are gone.
        found.sleep()
                .complaint()
                .filter(complaint -> found.sleep().state() != Sleep.State.ASLEEP)
                .ifPresent(reasons::add);
        return List.copyOf(reasons);
    }

    private void authority(Findings found) {
        if (spec.tiers().isEmpty() && roster.committed().isEmpty()) {
            reasons.add(Reason.of(ReasonKind.NO_TIER));
        }
        model.foreign()
                .forEach((tier, manager) -> reasons.add(
                        Reason.of(ReasonKind.FOREIGN_SCALER).on(tier).about(manager)));
        if (spec.scaling().mode() == ScalingMode.PAUSED) {
            reasons.add(Reason.of(ReasonKind.PAUSED));
        } else if (spec.scaling().mode() == ScalingMode.RECOMMEND) {
            reasons.add(Reason.of(ReasonKind.RECOMMENDED)
                    .about(found.goal().toString())
                    .bill(bill(roster.committed()), bill(found.goal())));
        }
        spec.scaling()
                .pinned()
                .ifPresent(count -> reasons.add(Reason.of(ReasonKind.PINNED).limit(new Count(count))));
    }

    private void stockOuts(Instant now) {
        for (TierName tier : roster.tiers().keySet()) {
            Optional<Bench> bench = fleet.stockOuts().bench(model.key().namespace(), tier, now);
            boolean fresh = bench.filter(
                            held -> held.until().minus(held.backoff()).equals(now))
                    .isPresent();
            if (fresh && roster.on(tier).committed() > roster.on(tier).serving().size()) {
                boolean quota = fleet.stockOuts().isQuota(model.key().namespace(), tier, now);
                reasons.add(Reason.of(quota ? ReasonKind.QUOTA_REACHED : ReasonKind.STOCK_OUT)
                        .on(tier)
                        .limit(bench.get().duration()));
            }
        }
    }

    private void sleep(Findings found) {
        Gear committed = roster.committed();
        switch (found.sleep().state()) {
            case AWAKE -> {}
            case FALLING_ASLEEP ->
                spec.scaling()
                        .toZero()
                        .ifPresent(policy -> reasons.add(Reason.of(ReasonKind.IDLE)
                                .limit(Seconds.of(policy.idleAfter()))
                                .bill(bill(committed), bill(found.goal()))));
            case ASLEEP -> reasons.add(found.sleep().complaint().orElseGet(() -> Reason.of(ReasonKind.ASLEEP)));
            case WAKING ->
                reasons.add(Reason.of(ReasonKind.WOKEN)
                        .about(found.goal().toString())
                        .observed(asked(found))
                        .bill(bill(committed), bill(found.goal())));
        }
    }

    /** What is asked, in front of the replicas or of those that are about to go. */
    private RequestRate asked(Findings found) {
        RequestRate outside = model.observation().knocking().heard().orElse(RequestRate.ZERO);
        RequestRate inside = found.requirement().estimate().observed();
        return outside.compareTo(inside) > 0 ? outside : inside;
    }

    private void movement(Findings found, Instant now) {
        if (found.sleep().state() != Sleep.State.AWAKE) {
            return;
        }
        Gear committed = roster.committed();
        Gear goal = found.goal();
        RequestRate required = found.requirement().held();
        Optional<TierName> more = goal.replicas().keySet().stream()
                .filter(tier -> goal.on(tier) > committed.on(tier))
                .findFirst();
        boolean less = committed.replicas().keySet().stream().anyMatch(tier -> goal.on(tier) < committed.on(tier));
        RequestRate carries = carried.by(found.present());
        if (more.isPresent()
                && committed.isEmpty()
                && model.replicas().isEmpty()
                && model.ordered().isEmpty()) {
            reasons.add(Reason.of(ReasonKind.FIRST_START)
                    .on(more.get())
                    .about(goal.toString())
                    .bill(HourlyCost.ZERO, bill(goal)));
        } else if (more.isPresent()) {
            boolean needed = carries.compareTo(required) < 0;
            more.filter(tier -> fleet.stockOuts().probes(model.key().namespace(), tier, now))
                    .ifPresent(tier ->
                            reasons.add(Reason.of(ReasonKind.STOCK_OUT_PROBE).on(tier)));
            if (needed || bill(goal).compareTo(bill(committed)) < 0) {
                reasons.add((needed ? Reason.of(ReasonKind.DEMAND_ROSE) : Reason.of(ReasonKind.CHEAPER_GEAR))
                        .about(goal.toString())
                        .on(more.get())
                        .observed(required)
                        .limit(carries)
                        .bill(bill(committed), bill(goal)));
            } else if (found.present().total() < least()) {
                reasons.add(Reason.of(ReasonKind.BELOW_MIN_REPLICAS)
                        .about(goal.toString())
                        .on(more.get())
                        .observed(new Count(found.present().total()))
                        .limit(new Count(least()))
                        .bill(bill(committed), bill(goal)));
            }
        } else if (less && !isWaiting(found)) {
            reasons.add(Reason.of(ReasonKind.DEMAND_FELL)
                    .about(goal.toString())
                    .observed(required)
                    .limit(carries)
                    .bill(bill(committed), bill(goal)));
        }
        shift(found);
    }

    private void shift(Findings found) {
        Optional<TierName> awaited = found.goal().replicas().keySet().stream()
                .filter(tier -> roster.on(tier).serving().size() < found.goal().on(tier))
                .findFirst();
        if (isWaiting(found) && awaited.isPresent()) {
            reasons.add(Reason.of(ReasonKind.SHIFT_WAITING)
                    .on(awaited.get())
                    .about(roster.serving().toString()));
        } else if (found.shift().wasWaiting()
                && found.step().kept() == 0
                && !found.step().released().isEmpty()) {
            reasons.add(Reason.of(ReasonKind.SHIFT_COMPLETED).about(found.goal().toString()));
        }
    }

    /** Whether replicas serve on only because others are not ready yet. */
    private boolean isWaiting(Findings found) {
        return found.step().kept() > 0
                && found.goal().replicas().keySet().stream()
                        .anyMatch(tier ->
                                roster.on(tier).serving().size() < found.goal().on(tier));
    }

    private void costAlarm(Gear goal) {
        spec.objectives()
                .maxPerHour()
                .filter(limit -> spec.objectives().precedence() == Precedence.LATENCY)
                .filter(limit -> bill(goal).compareTo(limit) > 0)
                .ifPresent(limit -> reasons.add(
                        Reason.of(ReasonKind.COST_ALARM).observed(bill(goal)).limit(limit)));
    }

    private void drains(Findings found) {
        reasons.addAll(found.looked().reasons());
        for (ReplicaState replica : found.step().released()) {
            long requests = Optional.ofNullable(model.observation().pods().get(replica.name()))
                    .map(Reasons::requests)
                    .orElse(0L);
            reasons.add(Reason.of(ReasonKind.DRAINING)
                    .on(replica.tier())
                    .about(replica.name())
                    .observed(new Count(requests)));
        }
    }

    private Reason steady(Findings found) {
        return Reason.of(ReasonKind.STEADY)
                .about(found.goal().toString())
                .observed(found.requirement().held())
                .limit(carried.by(found.goal()))
                .bill(bill(found.goal()), bill(found.goal()));
    }

    private int least() {
        return Math.max(1, spec.scaling().minReplicas());
    }

    private HourlyCost bill(Gear gear) {
        return fleet.bill(spec, gear);
    }

    private static long requests(PodLoad load) {
        return Math.round(load.running() + load.waiting());
    }
}
