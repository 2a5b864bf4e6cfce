package dev.gearshift.core.plan;

import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import java.util.Optional;

/** The cheapest way to carry more without giving anything up: so many more replicas on one tier. */
final class TopUp {

    private final GearQuestion question;
    private final Carried carried;

    TopUp(GearQuestion question, Carried carried) {
        this.question = question;
        this.carried = carried;
    }

    /** The present gear with more replicas on one tier; empty when that does not carry what is required. */
    Optional<Gear> of(Gear present) {
        Gear best = Gear.EMPTY;
        for (Candidate candidate : question.candidates()) {
            for (int count = present.on(candidate.name()) + 1; count <= candidate.maxReplicas(); count++) {
                Gear more = present.with(candidate.name(), count);
                if (more.total() > question.maxTotal()) {
                    break;
                }
                if (suffices(more)) {
                    best = best.isEmpty() || bill(more).compareTo(bill(best)) < 0 ? more : best;
                    break;
                }
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** The present gear with whatever more may be had on other tiers, where no one tier has enough. */
    Gear asFarAsPossible(Gear present) {
        Gear reached = present;
        for (Candidate candidate : question.candidates()) {
            for (int count = reached.on(candidate.name()) + 1; count <= candidate.maxReplicas(); count++) {
                Gear more = reached.with(candidate.name(), count);
                if (more.total() > question.maxTotal() || !isAffordable(more) || suffices(reached)) {
                    break;
                }
                reached = carried.by(more).compareTo(carried.by(reached)) > 0 ? more : reached;
            }
        }
        return reached;
    }

    private boolean isAffordable(Gear gear) {
        return question.cap().filter(cap -> bill(gear).compareTo(cap) > 0).isEmpty();
    }

    private boolean suffices(Gear gear) {
        return gear.total() >= question.minTotal()
                && carried.by(gear).compareTo(question.required()) >= 0
                && isAffordable(gear);
    }

    /** What a gear of the candidates costs. */
    HourlyCost bill(Gear gear) {
        HourlyCost sum = HourlyCost.ZERO;
        for (Candidate candidate : question.candidates()) {
            sum = sum.plus(candidate.cost(gear.on(candidate.name())));
        }
        return sum;
    }
}
