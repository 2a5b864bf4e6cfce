package dev.gearshift.core.plan;

import dev.gearshift.core.guard.Drains;
import dev.gearshift.core.guard.EngineTrouble;
import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Precedence;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReplicaState;
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

    /** A release waits for so many lead times: holding on that long costs about what coming back would. */
    private static final double HOLD = 2;

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
        this.memory = memory;
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

        Requirement.Judged judged =
                Requirement.of(model, memory, !roster.serving().isEmpty(), lead, hold, now);
        Requirement requirement = judged.requirement();
        Offers offers = Offers.of(model, roster, requirement.mix(), memory, trouble, fleet, now);
        Carried carried = new Carried(offers.planning(), spec.spreading());

        Gear present = permitted(roster.committed(), offers);
        GearQuestion question = question(offers, requirement.held(), present);
        boolean patient = memory.cheaperSince()
                .filter(since -> !since.plus(hold).isAfter(now))
                .isPresent();
        Target target = target(question, carried, present, patient, requirement.mayRelease());
        Gear goal = withMissing(target.gear(), roster);
        Step step = new Transition(model, roster, carried, looked.drains(), now).towards(goal, requirement.held());

        ShiftWatch shift = ShiftWatch.look(memory, goal, step, roster, leadTimes, SHIFT_PATIENCE, AVOIDANCE, now);
        Gear soon = GearSearch.cheapest(question(offers, requirement.now(), present))
                .gear();
        Optional<Gear> deferred = Optional.of(soon)
                .filter(gear -> fleet.bill(spec, gear).compareTo(fleet.bill(spec, goal)) < 0)
                .filter(gear -> target.cheaper().isEmpty());
        List<Reason> reasons = new Reasons(model, roster, carried, fleet)
                .of(
                        new Reasons.Findings(
                                requirement, offers, target, goal, step, looked, shift, lost(roster), hold, deferred),
                        now);
        boolean carriedOut =
                spec.scaling().mode() == ScalingMode.AUTO && model.foreign().isEmpty();
        noteFleet(step);

        Decision decision = new Telling(model, roster, offers, leadTimes, fleet, now)
                .decision(requirement, target, goal, step, looked.drains(), carriedOut, reasons);
        ModelMemory next = new ModelMemory(
                judged.demand(),
                Requirement.mix(model.observation()).or(memory::mix),
                judged.required(),
                judged.watchedSince(),
                leadTimes,
                carriedOut ? step.drains() : looked.drains(),
                trouble,
                target.cheaper().map(gear -> memory.cheaperSince().orElse(now)),
                shift.since(),
                shift.avoided(),
                alive(roster, step));
        return new Planned(decision, next);
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
        Duration paidBack = lead.times(HOLD).toDuration();
        Duration asked = spec.scaling().scaleDownStabilization();
        return asked.compareTo(paidBack) > 0 ? asked : paidBack;
    }

    private GearQuestion question(Offers offers, RequestRate required, Gear present) {
        Optional<HourlyCost> cap = spec.objectives().precedence() == Precedence.COST
                ? spec.objectives().maxPerHour()
                : Optional.empty();
        int least = Math.max(1, spec.scaling().minReplicas());
        int most = Math.max(least, spec.scaling().maxReplicas());
        return new GearQuestion(
                offers.candidates(), required, least, most, cap, spec.spreading(), true, Optional.of(present));
    }

    private Target target(GearQuestion question, Carried carried, Gear present, boolean patient, boolean mayRelease) {
        if (spec.scaling().pinned().isPresent()) {
            int total = spec.scaling().pinned().getAsInt();
            Gear pinned = Proportions.scale(present, total)
                    .orElseGet(
                            () -> GearSearch.cheapest(atLeast(question, total)).gear());
            return new Target(pinned, Optional.empty(), Optional.empty(), List.of());
        }
        return new TargetChoice(question, carried).from(present, patient, mayRelease);
    }

    private static GearQuestion atLeast(GearQuestion question, int total) {
        return new GearQuestion(
                question.candidates(),
                RequestRate.ZERO,
                total,
                total,
                Optional.empty(),
                question.spreading(),
                question.mixing(),
                question.present());
    }

    /** What of the committed replicas the offers still permit. */
    private static Gear permitted(Gear committed, Offers offers) {
        SortedMap<TierName, Integer> counts = new TreeMap<>();
        offers.candidates()
                .forEach(candidate -> counts.put(
                        candidate.name(), Math.min(candidate.maxReplicas(), committed.on(candidate.name()))));
        return new Gear(counts);
    }

    /** What runs on a declared tier that does not exist any more stays. */
    private Gear withMissing(Gear target, Roster roster) {
        Gear goal = target;
        for (TierName tier : spec.missing()) {
            goal = goal.with(tier, roster.on(tier).committed());
        }
        return goal;
    }

    private void noteFleet(Step step) {
        Gear before = model.ordered().orElse(Gear.EMPTY);
        spec.tiers()
                .forEach(option ->
                        fleet.take(option, before.on(option.name()), step.gear().on(option.name())));
    }

    /** Replicas that were ready and meant to stay, and are not there any more. */
    private List<ReplicaState> lost(Roster roster) {
        return model.replicas().stream()
                .filter(replica -> memory.alive().contains(replica.name()))
                .filter(replica -> roster.on(replica.tier()).serving().stream()
                        .noneMatch(serving -> serving.name().equals(replica.name())))
                .toList();
    }

    private static SortedSet<String> alive(Roster roster, Step step) {
        SortedSet<String> names = new TreeSet<>();
        roster.tiers()
                .values()
                .forEach(squad -> squad.serving().forEach(replica -> {
                    if (!step.drains().contains(replica.name())) {
                        names.add(replica.name());
                    }
                }));
        return names;
    }
}
