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
 * {@link #WORTH_A_DETOUR}. A mix that needs a tier which ran out of stock before is tried with one replica first.
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
    record Target(Gear gear, Optional<Reason> shortfall, Optional<Gear> cheaper, List<Alternative> alternatives) {

        /** No replica. */
        static final Target NOTHING = new Target(Gear.EMPTY, Optional.empty(), Optional.empty(), List.of());
    }

    private final GearQuestion question;
    private final GearQuestion hopeful;
    private final Carried carried;
    private final TopUp topUp;

    /**
     * A choice.
     *
     * @param question the gears that may be ordered now
     * @param hopeful the gears that might be, if tiers that were out of stock are not any more
     * @param carried what gears carry
     */
    TargetChoice(GearQuestion question, GearQuestion hopeful, Carried carried) {
        this.question = question;
        this.hopeful = hopeful;
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
        if (present.isEmpty()) {
            return target(best.gear(), best.shortfall(), Optional.empty(), best);
        } else if (!mayRelease) {
            return holding(present, best);
        }
        Gear kept = GearSearch.cheapest(within(present, question.minTotal())).gear();
        if (suffices(kept)) {
            return improving(kept, patient, best);
        } else if (!best.met()) {
            boolean fits = present.total() <= question.maxTotal() && isAffordable(present);
            Gear most = fits && carried.by(present).compareTo(best.carries()) > 0 ? present : best.gear();
            return target(most, best.shortfall(), Optional.empty(), best);
        }
        Gear next = topUp.of(present)
                .filter(gear -> !saves(best.bill(), topUp.bill(gear), WORTH_A_DETOUR))
                .orElse(best.gear());
        return target(next, Optional.empty(), Optional.empty(), best);
    }

    /** Where to go when nothing may be given up but what is above the most replicas there may be. */
    private Target holding(Gear present, GearAnswer best) {
        Gear kept = present.total() > question.maxTotal()
                ? GearSearch.cheapest(within(present, question.maxTotal())).gear()
                : present;
        if (suffices(kept)) {
            return target(kept, Optional.empty(), Optional.empty(), best);
        }
        Gear more = topUp.of(kept).orElseGet(() -> topUp.asFarAsPossible(kept));
        boolean enough = carried.by(more).compareTo(question.required()) >= 0;
        return target(more, enough ? Optional.empty() : best.shortfall(), Optional.empty(), best);
    }

    /** Where to go from a gear that suffices. */
    private Target improving(Gear kept, boolean patient, GearAnswer best) {
        GearAnswer hoped = GearSearch.cheapest(hopeful);
        if (!hoped.met() || !saves(hoped.bill(), topUp.bill(kept), WORTH_A_SHIFT)) {
            return target(kept, Optional.empty(), Optional.empty(), best);
        } else if (!patient) {
            return target(kept, Optional.empty(), Optional.of(hoped.gear()), best);
        } else if (best.met() && saves(best.bill(), topUp.bill(kept), WORTH_A_SHIFT)) {
            return target(best.gear(), Optional.empty(), Optional.empty(), best);
        }
        return target(probing(kept, hoped.gear()), Optional.empty(), Optional.of(hoped.gear()), best);
    }

    /** One replica beside a gear on a tier that another gear needs more of than may be ordered yet. */
    private Gear probing(Gear kept, Gear hoped) {
        return question.candidates().stream()
                .filter(candidate -> hoped.on(candidate.name()) > candidate.maxReplicas())
                .filter(candidate -> kept.on(candidate.name()) < candidate.maxReplicas())
                .filter(candidate -> kept.total() < question.maxTotal())
                .map(candidate -> kept.with(candidate.name(), kept.on(candidate.name()) + 1))
                .findFirst()
                .orElse(kept);
    }

    private boolean suffices(Gear gear) {
        return gear.total() >= question.minTotal()
                && gear.total() <= question.maxTotal()
                && carried.by(gear).compareTo(question.required()) >= 0
                && isAffordable(gear);
    }

    private boolean isAffordable(Gear gear) {
        return question.cap().filter(cap -> topUp.bill(gear).compareTo(cap) > 0).isEmpty();
    }

    private Target target(Gear gear, Optional<Reason> shortfall, Optional<Gear> cheaper, GearAnswer best) {
        List<Alternative> others = best.alternatives().stream()
                .filter(alternative -> !alternative.gear().equals(gear))
                .toList();
        return new Target(gear, shortfall, cheaper, others);
    }

    /** The same question, when nothing may be added. */
    private GearQuestion within(Gear present, int least) {
        List<Candidate> fewer = question.candidates().stream()
                .map(candidate -> candidate.withMost(Math.min(candidate.maxReplicas(), present.on(candidate.name()))))
                .toList();
        return new GearQuestion(
                fewer,
                question.required(),
                Math.min(least, present.total()),
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
