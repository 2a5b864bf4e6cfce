package dev.gearshift.core.plan;

import dev.gearshift.core.model.Alternative;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.RequestRate;
import java.util.List;
import java.util.Optional;

/**
 * The gear that was found.
 *
 * @param gear the cheapest gear that carries what is required; where none may, the one that carries most
 * @param bill what it costs, at the tiers' own prices
 * @param carries what it carries
 * @param shortfall what keeps it from carrying what is required; empty when it does
 * @param alternatives the best gears not chosen, cheapest first, at most three
 */
public record GearAnswer(
        Gear gear, HourlyCost bill, RequestRate carries, Optional<Reason> shortfall, List<Alternative> alternatives) {

    public GearAnswer {
        alternatives = List.copyOf(alternatives);
    }

    /** Whether the gear carries what is required. */
    public boolean met() {
        return shortfall.isEmpty();
    }
}
