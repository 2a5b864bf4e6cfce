package dev.gearshift.core.plan;

import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Spreading;
import java.util.List;
import java.util.Optional;

/**
 * What gear is wanted for one model.
 *
 * @param candidates the tiers to choose from, at most twelve, each once; one that carries nothing is never chosen
 * @param required the load to carry
 * @param minTotal least replicas over all tiers; stands above the cap, below {@code maxTotal} and the tiers' limits
 * @param maxTotal most replicas over all tiers
 * @param cap the most the gear may cost
 * @param spreading how requests reach replicas
 * @param mixing whether a gear may have more than one tier
 * @param present the gear in use, preferred among gears of equal cost
 */
public record GearQuestion(
        List<Candidate> candidates,
        RequestRate required,
        int minTotal,
        int maxTotal,
        Optional<HourlyCost> cap,
        Spreading spreading,
        boolean mixing,
        Optional<Gear> present) {

    /** The most candidates a question may have. */
    public static final int MOST_CANDIDATES = 12;

    public GearQuestion {
        candidates = candidates.stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
        if (candidates.size() > MOST_CANDIDATES) {
            throw new IllegalArgumentException(
                    "at most " + MOST_CANDIDATES + " candidates, but there are " + candidates.size());
        }
        if (candidates.stream().map(Candidate::name).distinct().count() < candidates.size()) {
            throw new IllegalArgumentException("a tier is a candidate twice");
        }
        if (minTotal < 0 || maxTotal < minTotal) {
            throw new IllegalArgumentException("no total is from " + minTotal + " to " + maxTotal);
        }
    }
}
