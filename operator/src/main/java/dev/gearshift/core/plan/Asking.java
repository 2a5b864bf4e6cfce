package dev.gearshift.core.plan;

import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.Precedence;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.plan.TargetChoice.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts what a model needs and what its declaration bounds into the question for the cheapest gear. Replicas on tiers that do not
 * exist any more are left alone: they count towards what is carried and towards the bounds.
 */
final class Asking {

    private final ModelSpec spec;
    private final Offers offers;
    private final Carried carried;
    private final Gear present;
    private final Gear leftAlone;

    Asking(ModelSpec spec, Offers offers, Carried carried, Gear present, Gear leftAlone) {
        this.spec = spec;
        this.offers = offers;
        this.carried = carried;
        this.present = present;
        this.leftAlone = leftAlone;
    }

    /** The gear to go to. */
    Target target(Requirement requirement, boolean patient) {
        if (spec.scaling().pinned().isPresent()) {
            int total = Math.max(0, spec.scaling().pinned().getAsInt() - leftAlone.total());
            return new Target(pinned(total), Optional.empty(), Optional.empty(), List.of());
        }
        GearQuestion question = question(offers.candidates(), requirement.held());
        GearQuestion hopeful = question(offers.hopeful(), requirement.held());
        return new TargetChoice(question, hopeful, carried).from(present, patient, requirement.mayRelease());
    }

    /** The gear that would do by the last look alone; empty when that requires no less, or nothing is chosen. */
    Optional<Gear> soon(Requirement requirement) {
        return spec.scaling().pinned().isPresent() || requirement.now().compareTo(requirement.held()) >= 0
                ? Optional.empty()
                : Optional.of(GearSearch.cheapest(question(offers.candidates(), requirement.now()))
                        .gear());
    }

    /** So many replicas at the present proportions, as far as the tiers permit. */
    private Gear pinned(int total) {
        Gear pinned = Gear.EMPTY;
        Gear proportional = Proportions.scale(present, total).orElse(Gear.EMPTY);
        for (Candidate candidate : offers.candidates()) {
            int most = Math.min(proportional.on(candidate.name()), candidate.maxReplicas());
            pinned = pinned.with(candidate.name(), most);
        }
        while (pinned.total() < total) {
            Gear fewer = pinned;
            Optional<Candidate> cheapest = offers.candidates().stream()
                    .filter(candidate -> fewer.on(candidate.name()) < candidate.maxReplicas())
                    .min(Comparator.comparing(candidate -> oneMore(candidate, fewer)));
            if (cheapest.isEmpty()) {
                return pinned;
            }
            TierName tier = cheapest.get().name();
            pinned = pinned.with(tier, pinned.on(tier) + 1);
        }
        return pinned;
    }

    private static HourlyCost oneMore(Candidate candidate, Gear gear) {
        int replicas = gear.on(candidate.name());
        return candidate.cost(replicas + 1).minus(candidate.cost(replicas));
    }

    private GearQuestion question(List<Candidate> candidates, RequestRate required) {
        Optional<HourlyCost> cap = spec.objectives().precedence() == Precedence.COST
                ? spec.objectives().maxPerHour()
                : Optional.empty();
        int least = Math.max(1, spec.scaling().minReplicas());
        int most = Math.max(least, spec.scaling().maxReplicas());
        int left = leftAlone.total();
        double elsewhere = carried.by(leftAlone).perSecond();
        return new GearQuestion(
                candidates,
                new RequestRate(Math.max(0, required.perSecond() - elsewhere)),
                Math.max(0, least - left),
                Math.max(0, most - left),
                cap,
                spec.spreading(),
                true,
                Optional.of(present));
    }
}
