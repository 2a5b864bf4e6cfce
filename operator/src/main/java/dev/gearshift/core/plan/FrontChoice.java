package dev.gearshift.core.plan;

import dev.gearshift.core.model.Front;
import dev.gearshift.core.model.Front.AllTiers;
import dev.gearshift.core.model.Front.OneTier;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.core.model.TierName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Which replicas the front Service sends requests to. Under even spreading a slow replica that joins fast ones takes as large
 * a share as they do and lowers what all of them carry. So replicas of a tier on its way may only join what serves now when no
 * set of ready replicas on the way carries less than before; otherwise the tier in force stays alone until the new one
 * carries more by itself.
 */
final class FrontChoice {

    private final Carried carried;
    private final Optional<Front> live;

    FrontChoice(Carried carried, Optional<Front> live) {
        this.carried = carried;
        this.live = live;
    }

    /**
     * The front that carries most of what is ready; the live one when it carries as much.
     *
     * @param ready replicas that can receive requests
     * @param coming tiers from which replicas are on their way
     */
    Front choose(Gear ready, SortedSet<TierName> coming) {
        Front everything = new AllTiers();
        if (carried.spreading() == Spreading.WEIGHTED || ready.isEmpty()) {
            return everything;
        }
        List<Front> fronts = new ArrayList<>();
        if (mayJoin(ready, coming)) {
            fronts.add(everything);
        }
        ready.replicas().keySet().forEach(tier -> fronts.add(new OneTier(tier)));
        Front best = fronts.get(0);
        for (Front front : fronts) {
            int better = rate(ready, front).compareTo(rate(ready, best));
            if (better > 0 || (better == 0 && live.equals(Optional.of(front)) && !(best instanceof AllTiers))) {
                best = front;
            }
        }
        return best;
    }

    /** The most a set of ready replicas carries behind any front. */
    RequestRate most(Gear ready, SortedSet<TierName> coming) {
        return rate(ready, choose(ready, coming));
    }

    private RequestRate rate(Gear ready, Front front) {
        return carried.by(ready, front);
    }

    private boolean mayJoin(Gear ready, SortedSet<TierName> coming) {
        SortedMap<TierName, Integer> joining = new TreeMap<>();
        coming.forEach(tier -> joining.put(tier, 1));
        return MixRule.mayJoin(ready, new Gear(joining), carried.capacities());
    }
}
