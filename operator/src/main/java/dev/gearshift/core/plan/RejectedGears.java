package dev.gearshift.core.plan;

import dev.gearshift.core.model.Alternative;
import dev.gearshift.core.model.Count;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.TierName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The gears nearest to the chosen one, and what rules each out: for every tier the number of replicas that would do alone, and
 * the chosen gear with one replica less. A gear that a limit rules out is shown as it would have to be.
 */
final class RejectedGears {

    private static final int MOST = 3;

    private final GearQuestion question;
    private final List<Candidate> usable;
    private final Gear chosen;
    private final HourlyCost chosenBill;

    RejectedGears(GearQuestion question, List<Candidate> usable, Gear chosen, HourlyCost chosenBill) {
        this.question = question;
        this.usable = usable;
        this.chosen = chosen;
        this.chosenBill = chosenBill;
    }

    /** At most three, cheapest first. */
    List<Alternative> best() {
        List<Alternative> found = new ArrayList<>();
        usable.forEach(candidate -> {
            Gear gear = Gear.of(candidate.name(), enoughOf(candidate));
            HourlyCost bill = candidate.option().bill(gear.total());
            if (!gear.isEmpty() && !gear.equals(chosen)) {
                found.addAll(rejected(candidate, gear, bill));
            }
        });
        found.sort(Comparator.comparing(Alternative::cost));
        if (found.size() < MOST) {
            found.addAll(oneLess());
            found.sort(Comparator.comparing(Alternative::cost));
        }
        return List.copyOf(found.subList(0, Math.min(MOST, found.size())));
    }

    private int enoughOf(Candidate candidate) {
        double capacity = candidate.capacity().perSecond();
        double enough = Math.ceil(question.required().perSecond() * (1 - CoverSearch.SLACK) / capacity);
        return (int) Math.max(question.minTotal(), Math.min(enough, 1_000_000));
    }

    private List<Alternative> rejected(Candidate candidate, Gear gear, HourlyCost bill) {
        if (gear.total() > candidate.maxReplicas()) {
            return List.of(new Alternative(
                    gear,
                    bill,
                    Reason.of(ReasonKind.TIER_LIMIT).on(candidate.name()).observed(question.required())));
        }
        if (gear.total() > question.maxTotal()) {
            return List.of(new Alternative(
                    gear,
                    bill,
                    Reason.of(ReasonKind.AT_MAX_REPLICAS)
                            .observed(question.required())
                            .limit(new Count(question.maxTotal()))));
        }
        if (question.cap()
                .filter(cap -> candidate.cost(gear.total()).compareTo(cap) > 0)
                .isPresent()) {
            return List.of(new Alternative(
                    gear,
                    bill,
                    Reason.of(ReasonKind.COST_CAP)
                            .observed(question.required())
                            .limit(question.cap().get())));
        }
        // A gear that costs the same lost on a tie, which nothing needs to be said about.
        return bill.compareTo(chosenBill) <= 0
                ? List.of()
                : List.of(new Alternative(
                        gear, bill, Reason.of(ReasonKind.COSTS_MORE).bill(chosenBill, bill)));
    }

    /** The chosen gear without one replica of its dearest tier, where that is short of what is required. */
    private List<Alternative> oneLess() {
        if (chosen.total() - 1 < Math.max(1, question.minTotal())) {
            return List.of();
        }
        List<Alternative> found = new ArrayList<>();
        for (Candidate candidate : usable) {
            int count = chosen.on(candidate.name());
            if (count > 0) {
                Gear smaller = chosen.with(candidate.name(), count - 1);
                HourlyCost bill = chosenBill
                        .minus(candidate.option().bill(count))
                        .plus(candidate.option().bill(count - 1));
                RequestRate carries = carried(smaller);
                if (bill.compareTo(chosenBill) < 0 && carries.compareTo(question.required()) < 0) {
                    found.add(new Alternative(
                            smaller,
                            bill,
                            Reason.of(ReasonKind.TOO_SMALL).observed(carries).limit(question.required())));
                }
            }
        }
        return found;
    }

    private RequestRate carried(Gear gear) {
        SortedMap<TierName, RequestRate> capacities = new TreeMap<>();
        usable.forEach(candidate -> capacities.put(candidate.name(), candidate.capacity()));
        return GearCapacity.of(gear, capacities, question.spreading());
    }
}
