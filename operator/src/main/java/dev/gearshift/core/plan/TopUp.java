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

    private boolean suffices(Gear gear) {
        return gear.total() >= question.minTotal()
                && carried.by(gear).compareTo(question.required()) >= 0
                && question.cap().filter(cap -> bill(gear).compareTo(cap) > 0).isEmpty();
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
