package dev.gearshift.core.plan;

import dev.gearshift.core.guard.Drains;
import dev.gearshift.core.guard.EngineTrouble;
import dev.gearshift.core.guard.MissingMetrics;
import dev.gearshift.core.guard.Sleep;
import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.ScalingMode;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.plan.TargetChoice.Target;
import dev.gearshift.core.plan.Transition.Step;
import dev.gearshift.core.predict.LeadTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Decides for one model: what must be carried, which gear carries it cheapest, and the next step there. */
public final class ModelPlanner {

    /** A shift whose new replicas are not ready within so many lead times is given up. */
    private static final double SHIFT_PATIENCE = 2;

    private static final Duration AVOIDANCE = Duration.ofMinutes(30);

    /**
     * A decision and what to remember.
     *
     * @param decision the decision
     * @param memory what to remember of the model
     */
    public record Planned(Decision decision, ModelMemory memory) {}

    private final ModelState model;
    private final ModelSpec spec;
    private final ModelMemory memory;
    private final FleetLimits fleet;
    private final Instant now;

    /**
     * A planner for one model at one moment.
     *
     * @param model the model as it was seen
     * @param memory what is remembered of it
     * @param fleet what the fleet as a whole may have
     * @param now the present
     */
    public ModelPlanner(ModelState model, ModelMemory memory, FleetLimits fleet, Instant now) {
        this.model = model;
        this.spec = model.spec();
        this.memory = MixChange.inPresentRequests(model, memory);
        this.fleet = fleet;
        this.now = now;
    }

    /** The decision. */
    public Planned plan() {
        EngineTrouble trouble = memory.trouble().after(model, now);
        Drains.Looked looked = memory.drains().after(model, now);
        LeadTimes leadTimes = memory.leadTimes().after(model);
        Roster roster = Roster.of(model, looked.drains(), trouble);
        Seconds lead = lead(roster, leadTimes);
        Duration hold = hold(lead);

        Offers offers = Offers.of(model, roster, Requirement.mix(model, memory), memory, trouble, fleet, now);
        Carried carried = new Carried(offers.planning(), spec.spreading());
        Gear present = permitted(roster.committed(), offers);
        Gear leftAlone = leftAlone(roster);
        boolean serves = !roster.serving().isEmpty();
        boolean resumed = memory.resumed() || (serves && memory.equals(ModelMemory.NONE));
        Optional<RequestRate> trusted = resumed ? Optional.of(carried.by(present)) : Optional.empty();
        Sleep sleep = Sleep.of(model, memory.idle(), roster.committed().isEmpty(), now);
        Optional<RequestRate> knocking = spec.scaling().toZero().isPresent() && !serves
                ? model.observation().knocking().heard()
                : Optional.empty();
        Requirement.Judged judged = sleep.state() == Sleep.State.ASLEEP
                ? Requirement.nothing(model, memory)
                : Requirement.of(model, memory, serves, trusted, knocking, lead, hold, now);
        Requirement requirement = judged.requirement();

        MissingMetrics.Looked missing = memory.missing()
                .after(look(serves, requirement), memory.watchedSince().isPresent(), now);

        Asking asking = new Asking(spec, offers, carried, present, leftAlone);
        boolean patient = memory.cheaperSince()
                .filter(since -> !since.plus(hold).isAfter(now))
                .isPresent();
        Target target = sleep.keepsNone() ? Target.NOTHING : asking.target(requirement, patient);
        Gear goal = together(target.gear(), leftAlone);
        RequestRate floor =
                requirement.mayRelease() ? requirement.held() : higher(requirement.held(), carried.by(goal));
        Transition transition = new Transition(model, roster, carried, looked.drains(), now);
        Step step = sleep.keepsNone() ? transition.towardsNoNeed(goal) : transition.towards(goal, floor);

        ShiftWatch shift = ShiftWatch.look(memory, goal, step, roster, leadTimes, SHIFT_PATIENCE, AVOIDANCE, now);
        Optional<Gear> deferred = target.cheaper()
                .or(() -> sleep.keepsNone() ? Optional.empty() : asking.soon(requirement))
                .map(gear -> together(gear, leftAlone))
                .filter(gear -> fleet.bill(spec, gear).compareTo(fleet.bill(spec, goal)) < 0);
        boolean carriedOut =
                spec.scaling().mode() == ScalingMode.AUTO && model.foreign().isEmpty();
        SortedMap<String, TierName> lost = carriedOut ? lost(roster) : new TreeMap<>();
        List<Reason> reasons = new Reasons(model, roster, carried, fleet)
                .of(
                        new Reasons.Findings(
                                requirement,
                                offers,
                                target,
                                goal,
                                present,
                                step,
                                looked,
                                missing,
                                shift,
                                lost,
                                hold,
                                deferred,
                                sleep),
                        now);
        Promises promises = Promises.of(model, offers.capacities(), memory.budgets(), now);
        Decision decision = new Telling(model, roster, offers.capacities(), leadTimes, fleet, now)
                .decision(requirement, target, goal, step, looked.drains(), promises, carriedOut, reasons);
        ModelMemory next = new ModelMemory(
                judged.demand(),
                Requirement.mix(model.observation()).or(memory::mix),
                judged.required(),
                judged.watchedSince(),
                shift.aborted()
                        .map(tier -> leadTimes.givenUp(tier, shift.patience()))
                        .orElse(leadTimes),
                carriedOut ? step.drains() : looked.drains(),
                trouble,
                target.cheaper().map(gear -> memory.cheaperSince().orElse(now)),
                shift.since(),
                shift.avoided(),
                alive(roster, step),
                promises.budgets(),
                missing.missing(),
                resumed,
                sleep.idle());
        if (carriedOut) {
            noteFleet(step);
        }
        return new Planned(decision, next);
    }

    private MissingMetrics.Look look(boolean serves, Requirement requirement) {
        if (!serves) {
            return MissingMetrics.Look.NOT_DUE;
        } else if (model.observation().freshness() == Freshness.FRESH) {
            return MissingMetrics.Look.GOOD;
        }
        boolean begun = requirement.reasons().stream().anyMatch(reason -> reason.kind() == ReasonKind.METRICS_BEGUN);
        return begun ? MissingMetrics.Look.BEGUN : MissingMetrics.Look.BAD;
    }

    private Seconds lead(Roster roster, LeadTimes leadTimes) {
        Gear committed = roster.committed();
        SortedSet<TierName> tiers = new TreeSet<>(committed.replicas().keySet());
        if (tiers.isEmpty()) {
            spec.tiers().forEach(option -> tiers.add(option.name()));
        }
        return tiers.stream().map(leadTimes::of).max(Seconds::compareTo).orElse(LeadTimes.PRIOR);
    }

    private Duration hold(Seconds lead) {
        // A replica that comes back is paid for one lead time before it serves: holding on that long costs as much.
        Duration paidBack = lead.toDuration();
        Duration asked = spec.scaling().scaleDownStabilization();
        return asked.compareTo(paidBack) > 0 ? asked : paidBack;
    }

    /** What of the committed replicas the offers still permit. */
    private static Gear permitted(Gear committed, Offers offers) {
        SortedMap<TierName, Integer> counts = new TreeMap<>();
        offers.candidates()
                .forEach(candidate -> counts.put(
                        candidate.name(), Math.min(candidate.maxReplicas(), committed.on(candidate.name()))));
        return new Gear(counts);
    }

    /** What runs on a declared tier that does not exist any more, and stays. */
    private Gear leftAlone(Roster roster) {
        Gear left = Gear.EMPTY;
        for (TierName tier : spec.missing()) {
            left = left.with(tier, roster.on(tier).committed());
        }
        return left;
    }

    private static Gear together(Gear gear, Gear leftAlone) {
        Gear sum = gear;
        for (TierName tier : leftAlone.replicas().keySet()) {
            sum = sum.with(tier, leftAlone.on(tier));
        }
        return sum;
    }

    private static RequestRate higher(RequestRate a, RequestRate b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private void noteFleet(Step step) {
        Gear before = model.ordered().orElse(Gear.EMPTY);
        spec.tiers()
                .forEach(option -> fleet.take(
                        model.key(),
                        option,
                        before.on(option.name()),
                        step.gear().on(option.name())));
    }

    /** Replicas that were ready and meant to stay, and are not there any more or about to go. */
    private SortedMap<String, TierName> lost(Roster roster) {
        SortedMap<String, TierName> lost = new TreeMap<>(memory.alive());
        roster.tiers().values().forEach(squad -> squad.serving().forEach(replica -> lost.remove(replica.name())));
        return lost;
    }

    private static SortedMap<String, TierName> alive(Roster roster, Step step) {
        SortedMap<String, TierName> alive = new TreeMap<>();
        roster.tiers()
                .values()
                .forEach(squad -> squad.serving().forEach(replica -> {
                    if (!step.drains().contains(replica.name())) {
                        alive.put(replica.name(), replica.tier());
                    }
                }));
        return alive;
    }
}
