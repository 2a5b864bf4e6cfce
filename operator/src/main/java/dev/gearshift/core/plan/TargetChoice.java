package dev.gearshift.core.plan;

import dev.gearshift.core.model.Alternative;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Where to go from the present gear. While the present gear carries what is required, replicas are only given up; another mix
 * of tiers must save at least {@link #WORTH_A_SHIFT}, and have done so for a while, because both mixes are paid for during a
 * shift. When the present gear does not suffice, replicas are added to it unless another mix is cheaper by
 * {@link #WORTH_A_DETOUR}.
 */
final class TargetChoice {

    /** The share of the bill another mix must save before what runs is given up for it. */
    static final double WORTH_A_SHIFT = 0.05;

    /** The share of the bill another mix must save before it is ordered instead of more of the present one. */
    static final double WORTH_A_DETOUR = 0.10;

    /**
     * Where to go.
     *
     * @param gear the gear to go to
     * @param shortfall what keeps it from carrying what is required
     * @param cheaper another mix that would save enough, and is not gone to yet
     * @param alternatives the best gears not chosen
     */
    record Target(Gear gear, Optional<Reason> shortfall, Optional<Gear> cheaper, List<Alternative> alternatives) {}

    private final GearQuestion question;
    private final Carried carried;
    private final TopUp topUp;

    TargetChoice(GearQuestion question, Carried carried) {
        this.question = question;
        this.carried = carried;
        this.topUp = new TopUp(question, carried);
    }

    /**
     * The gear to go to.
     *
     * @param present what is or will be capacity when nothing is changed, as far as the candidates permit it
     * @param patient whether another mix has been cheaper for long enough
     * @param mayRelease whether anything of the present gear may be given up
     */
    Target from(Gear present, boolean patient, boolean mayRelease) {
        GearAnswer best = GearSearch.cheapest(question);
        Gear kept = mayRelease ? GearSearch.cheapest(within(present)).gear() : present;
        if (suffices(kept)) {
            boolean saves = mayRelease && best.met() && saves(best.bill(), topUp.bill(kept), WORTH_A_SHIFT);
            if (!saves) {
                return target(kept, Optional.empty(), Optional.empty(), best);
            }
            return patient
                    ? target(best.gear(), Optional.empty(), Optional.empty(), best)
                    : target(kept, Optional.empty(), Optional.of(best.gear()), best);
        }
        Optional<Gear> more = topUp.of(present);
        if (!mayRelease) {
            return target(more.orElse(present), best.shortfall(), Optional.empty(), best);
        }
        if (!best.met()) {
            boolean fits = present.total() <= question.maxTotal();
            Gear most = fits && carried.by(present).compareTo(best.carries()) > 0 ? present : best.gear();
            return target(most, best.shortfall(), Optional.empty(), best);
        }
        Gear next = more.filter(gear -> !saves(best.bill(), topUp.bill(gear), WORTH_A_DETOUR))
                .orElse(best.gear());
        return target(next, Optional.empty(), Optional.empty(), best);
    }

    private boolean suffices(Gear gear) {
        return gear.total() >= question.minTotal()
                && gear.total() <= question.maxTotal()
                && carried.by(gear).compareTo(question.required()) >= 0
                && question.cap()
                        .filter(cap -> topUp.bill(gear).compareTo(cap) > 0)
                        .isEmpty();
    }

    private Target target(Gear gear, Optional<Reason> shortfall, Optional<Gear> cheaper, GearAnswer best) {
        List<Alternative> others = best.alternatives().stream()
                .filter(alternative -> !alternative.gear().equals(gear))
                .toList();
        return new Target(gear, shortfall, cheaper, others);
    }

    /** The same question, when nothing may be added. */
    private GearQuestion within(Gear present) {
        List<Candidate> fewer = question.candidates().stream()
                .map(candidate -> new Candidate(
                        candidate.option(),
                        candidate.capacity(),
                        Math.min(candidate.maxReplicas(), present.on(candidate.name())),
                        candidate.nodePrice()))
                .toList();
        return new GearQuestion(
                fewer,
                question.required(),
                Math.min(question.minTotal(), present.total()),
                question.maxTotal(),
                question.cap(),
                question.spreading(),
                question.mixing(),
                question.present());
    }

    private static boolean saves(HourlyCost better, HourlyCost worse, double share) {
        return better.perHour().compareTo(worse.perHour().times(1 - share)) < 0;
    }
}
