package dev.gearshift.core.plan;

import dev.gearshift.core.model.Alternative;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Reason;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
     * @param present what is or will be capacity when nothing is changed
     * @param patient whether another mix has been cheaper for long enough
     */
    Target from(Gear present, boolean patient) {
        GearAnswer best = GearSearch.cheapest(question);
        GearAnswer kept = GearSearch.cheapest(within(present));
        if (kept.met() && kept.gear().total() >= question.minTotal()) {
            boolean saves = saves(best.bill(), kept.bill(), WORTH_A_SHIFT);
            if (!saves) {
                return target(kept.gear(), Optional.empty(), Optional.empty(), best);
            }
            return patient
                    ? target(best.gear(), Optional.empty(), Optional.empty(), best)
                    : target(kept.gear(), Optional.empty(), Optional.of(best.gear()), best);
        }
        if (!best.met()) {
            boolean fits = present.total() <= question.maxTotal() && isPermitted(present);
            Gear most = fits && carried.by(present).compareTo(best.carries()) > 0 ? present : best.gear();
            return target(most, best.shortfall(), Optional.empty(), best);
        }
        Gear next = topUp.of(present)
                .filter(this::isPermitted)
                .filter(more -> !saves(best.bill(), topUp.bill(more), WORTH_A_DETOUR))
                .orElse(best.gear());
        return target(next, Optional.empty(), Optional.empty(), best);
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

    private boolean isPermitted(Gear gear) {
        SortedMap<String, Integer> most = new TreeMap<>();
        question.candidates().forEach(candidate -> most.put(candidate.name().value(), candidate.maxReplicas()));
        return gear.replicas().entrySet().stream()
                .allMatch(entry -> entry.getValue()
                        <= most.getOrDefault(entry.getKey().value(), 0));
    }

    private static boolean saves(HourlyCost better, HourlyCost worse, double share) {
        return better.perHour().compareTo(worse.perHour().times(1 - share)) < 0;
    }
}
