package dev.gearshift.core.plan;

import dev.gearshift.core.guard.Bench;
import dev.gearshift.core.guard.Drains;
import dev.gearshift.core.model.Capacity;
import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.DemandEstimate;
import dev.gearshift.core.model.Front;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.LatencyVerdict;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Plan;
import dev.gearshift.core.model.Progress;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierStatus;
import dev.gearshift.core.plan.Roster.Squad;
import dev.gearshift.core.plan.TargetChoice.Target;
import dev.gearshift.core.plan.Transition.Step;
import dev.gearshift.core.predict.LeadTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Puts together what is told about a step. */
final class Telling {

    private final ModelState model;
    private final ModelSpec spec;
    private final Roster roster;
    private final SortedMap<TierName, Capacity> capacities;
    private final LeadTimes leadTimes;
    private final FleetLimits fleet;
    private final Instant now;

    /** @param capacities what a replica carries inside the targets, by tier, as far as that is known */
    Telling(
            ModelState model,
            Roster roster,
            SortedMap<TierName, Capacity> capacities,
            LeadTimes leadTimes,
            FleetLimits fleet,
            Instant now) {
        this.model = model;
        this.spec = model.spec();
        this.roster = roster;
        this.capacities = capacities;
        this.leadTimes = leadTimes;
        this.fleet = fleet;
        this.now = now;
    }

    /**
     * The decision.
     *
     * @param requirement what must be carried
     * @param target where to go
     * @param goal where to go, tiers that do not exist any more included
     * @param step the next step
     * @param before drains before the step
     * @param promises how the targets do
     * @param carriedOut whether the step is taken; otherwise what runs is the plan
     * @param reasons why
     */
    Decision decision(
            Requirement requirement,
            Target target,
            Gear goal,
            Step step,
            Drains before,
            Promises promises,
            boolean carriedOut,
            List<Reason> reasons) {
        Plan plan = carriedOut ? plan(step.gear(), step.front(), step.drains()) : asItIs(before);
        return new Decision(
                model.key(),
                now,
                spec.generation(),
                plan,
                goal,
                fleet.bill(spec, plan.gear()),
                requirement.estimate(),
                tiers(plan, goal, step.drains()),
                promises.verdicts(),
                spec.objectives().maxPerHour(),
                model.observation().freshness(),
                model.observation().age(),
                progress(goal, step, carriedOut, reasons),
                reasons,
                target.alternatives());
    }

    /**
     * The decision to keep what is ordered, where planning came to nothing.
     *
     * @param estimate how much is asked, as far as that is known
     * @param before drains as they are remembered
     * @param reason why
     */
    Decision kept(DemandEstimate estimate, Drains before, Reason reason) {
        Drains present = before;
        for (String pod : before.pods().keySet()) {
            present =
                    model.replicas().stream().anyMatch(replica -> replica.name().equals(pod))
                            ? present
                            : present.without(pod);
        }
        Plan plan = asItIs(present);
        return new Decision(
                model.key(),
                now,
                spec.generation(),
                plan,
                plan.gear(),
                fleet.bill(spec, plan.gear()),
                estimate,
                tiers(plan, plan.gear(), present),
                spec.objectives().latency().stream()
                        .map(LatencyVerdict::unknown)
                        .toList(),
                spec.objectives().maxPerHour(),
                model.observation().freshness(),
                model.observation().age(),
                Progress.HELD,
                List.of(reason),
                List.of());
    }

    private Plan asItIs(Drains drains) {
        return plan(model.ordered().orElse(Gear.EMPTY), model.front().orElse(new Front.AllTiers()), drains);
    }

    private static Plan plan(Gear gear, Front front, Drains drains) {
        return new Plan(gear, front, drains.unfinished(), drains.finished());
    }

    private List<TierStatus> tiers(Plan plan, Gear goal, Drains drains) {
        SortedSet<TierName> names = new TreeSet<>(roster.tiers().keySet());
        names.addAll(plan.gear().replicas().keySet());
        List<TierStatus> statuses = new ArrayList<>();
        for (TierName tier : names) {
            Squad squad = roster.on(tier);
            int ready = (int) squad.serving().stream()
                    .filter(replica -> !drains.contains(replica.name()))
                    .count();
            Gear here = Gear.of(tier, plan.gear().on(tier));
            statuses.add(new TierStatus(
                    tier,
                    goal.on(tier),
                    ready,
                    squad.coming().size() + squad.expected(),
                    (int) drains.unfinished().stream()
                            .filter(pod -> isOn(tier, pod))
                            .count(),
                    squad.failing().size(),
                    fleet.bill(spec, here),
                    Optional.ofNullable(capacities.get(tier)),
                    leadTimes.of(tier),
                    fleet.stockOuts().bench(model.key().namespace(), tier, now).map(Bench::until)));
        }
        return statuses;
    }

    private boolean isOn(TierName tier, String pod) {
        return model.on(tier).stream().anyMatch(replica -> replica.name().equals(pod));
    }

    private Progress progress(Gear goal, Step step, boolean carriedOut, List<Reason> reasons) {
        boolean held = !carriedOut
                || reasons.stream().map(Reason::kind).anyMatch(kind -> switch (kind) {
                    case METRICS_ABSENT, METRICS_STALE, METRICS_PARTIAL, SHIFT_ABORTED, ENGINE_FAILING, NO_TIER -> true;
                    default -> false;
                });
        boolean coming = goal.replicas().keySet().stream()
                .anyMatch(tier -> goal.on(tier) > roster.on(tier).serving().size());
        if (reasons.stream().anyMatch(reason -> reason.kind() == ReasonKind.PINNED)) {
            return Progress.PINNED;
        } else if (held) {
            return Progress.HELD;
        } else if (step.kept() > 0 && coming) {
            return Progress.SHIFTING;
        } else if (coming) {
            return Progress.SCALING_UP;
        } else if (!step.drains().unfinished().isEmpty()) {
            return Progress.SCALING_DOWN;
        }
        return Progress.STEADY;
    }
}
