package dev.gearshift.core.plan;

import dev.gearshift.core.guard.EngineTrouble;
import dev.gearshift.core.model.Capacity;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.core.model.Tokens;
import dev.gearshift.core.predict.ReplicaCapacity;
import dev.gearshift.core.predict.ReplicaPrior;
import dev.gearshift.core.predict.StepModel;
import dev.gearshift.core.predict.TokenMix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each permitted tier has to offer a model now: how much a replica carries there, and how many there may be.
 *
 * @param capacities what a replica carries inside the declared targets, by tier
 * @param planning what is reckoned with, by tier: the same, or what the closest tier carries when no target can be met
 * @param candidates the tiers to choose from
 * @param hopeful the same, if tiers that may be asked again after a stock-out have what they are asked for
 * @param reasons what keeps tiers from being chosen
 */
record Offers(
        SortedMap<TierName, Capacity> capacities,
        SortedMap<TierName, RequestRate> planning,
        List<Candidate> candidates,
        List<Candidate> hopeful,
        List<Reason> reasons) {

    /** When no tier meets a target, the target is replaced by what is best possible with this much room. */
    private static final double ROOM = 1.25;

    /**
     * What each tier has to offer.
     *
     * @param model the model
     * @param roster its replicas
     * @param mix its mix of token lengths
     * @param memory what is remembered of it
     * @param trouble tiers on which its engine does not run
     * @param fleet what the fleet as a whole may have
     * @param now the present
     */
    static Offers of(
            ModelState model,
            Roster roster,
            TokenMix mix,
            ModelMemory memory,
            EngineTrouble trouble,
            FleetLimits fleet,
            Instant now) {
        ModelSpec spec = model.spec();
        SortedMap<TierName, Capacity> capacities = new TreeMap<>();
        SortedMap<TierName, StepModel> steps = new TreeMap<>();
        for (TierOption option : spec.tiers()) {
            StepModel step = ReplicaPrior.of(option, kvCapacity(model, option.name()));
            steps.put(option.name(), step);
            capacities.put(
                    option.name(),
                    ReplicaCapacity.within(step, mix, spec.objectives().latency()));
        }
        List<Reason> reasons = new ArrayList<>();
        SortedMap<TierName, RequestRate> planning = planning(spec, capacities, steps, mix, reasons);
        Room room = new Room(model, roster, memory, trouble, fleet, now);
        List<Candidate> candidates = new ArrayList<>();
        for (TierOption option : spec.tiers()) {
            RequestRate capacity = planning.get(option.name());
            if (capacity != null && capacity.perSecond() > 0) {
                candidates.add(Candidate.of(option, capacity, room.most(option)));
            }
        }
        trouble.marks()
                .forEach((tier, mark) -> reasons.add(
                        Reason.of(ReasonKind.ENGINE_FAILING).on(tier).failure(mark.failure())));
        return new Offers(
                Collections.unmodifiableSortedMap(capacities),
                complete(planning, spec, roster),
                room.keepAsking(candidates),
                room.hopeful(candidates),
                List.copyOf(reasons));
    }

    private static SortedMap<TierName, RequestRate> planning(
            ModelSpec spec,
            SortedMap<TierName, Capacity> capacities,
            SortedMap<TierName, StepModel> steps,
            TokenMix mix,
            List<Reason> reasons) {
        SortedMap<TierName, RequestRate> feasible = new TreeMap<>();
        capacities.forEach((tier, capacity) -> {
            if (capacity.isFeasible() && capacity.rate().perSecond() > 0) {
                feasible.put(tier, capacity.rate());
            }
        });
        if (!feasible.isEmpty() || capacities.isEmpty()) {
            return feasible;
        }
        TierName closest = Collections.min(
                capacities.keySet(),
                Comparator.comparingDouble((TierName tier) -> overshoot(capacities, tier))
                        .thenComparing(Comparator.naturalOrder()));
        List<LatencyTarget> targets = new ArrayList<>(spec.objectives().latency());
        StepModel step = steps.get(closest);
        Capacity relaxed = capacities.get(closest);
        while (step != null && relaxed != null && relaxed.infeasible().isPresent()) {
            LatencyTarget missed = relaxed.infeasible().get().target();
            Seconds best = relaxed.infeasible().get().best();
            reasons.add(infeasible(closest, missed, best));
            targets.removeIf(target -> target.objective() == missed.objective());
            if (best.isFinite()) {
                targets.add(new LatencyTarget(missed.objective(), best.times(ROOM), missed.percentile()));
            }
            Capacity next = ReplicaCapacity.within(step, mix, targets);
            if (next.infeasible().isPresent()
                    && next.infeasible().get().target().objective() == missed.objective()) {
                targets.removeIf(target -> target.objective() == missed.objective());
                next = ReplicaCapacity.within(step, mix, targets);
            }
            relaxed = next;
        }
        if (relaxed != null) {
            feasible.put(closest, relaxed.rate());
        }
        return feasible;
    }

    private static Reason infeasible(TierName tier, LatencyTarget target, Seconds best) {
        String name = switch (target.objective()) {
            case TIME_TO_FIRST_TOKEN -> "TTFT";
            case TIME_PER_OUTPUT_TOKEN -> "TPOT";
            case END_TO_END -> "end-to-end";
        };
        return Reason.of(ReasonKind.TARGET_INFEASIBLE)
                .on(tier)
                .about(name)
                .observed(best)
                .limit(target.target());
    }

    private static double overshoot(SortedMap<TierName, Capacity> capacities, TierName tier) {
        return Optional.ofNullable(capacities.get(tier))
                .flatMap(Capacity::infeasible)
                .map(missed -> missed.best().value() / missed.target().target().value())
                .orElse(Double.POSITIVE_INFINITY);
    }

    static Optional<Tokens> kvCapacity(ModelState model, TierName tier) {
        return model.observation().tier(tier).flatMap(TierLoad::kvCapacity);
    }

    /**
     * Nothing is known of tiers that run and are no longer offered: they count for nothing, so nothing there is given up before
     * others carry what is required. What is left alone, though, counts like the slowest that is offered.
     */
    private static SortedMap<TierName, RequestRate> complete(
            SortedMap<TierName, RequestRate> planning, ModelSpec spec, Roster roster) {
        RequestRate slowest =
                planning.values().stream().min(RequestRate::compareTo).orElse(new RequestRate(1));
        SortedMap<TierName, RequestRate> all = new TreeMap<>(planning);
        roster.tiers()
                .keySet()
                .forEach(tier -> all.putIfAbsent(tier, spec.missing().contains(tier) ? slowest : RequestRate.ZERO));
        return Collections.unmodifiableSortedMap(all);
    }
}
