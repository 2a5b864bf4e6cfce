package dev.gearshift.core.plan;

import dev.gearshift.core.model.Front;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.core.model.TierName;
import java.util.SortedMap;

/**
 * What mixes of ready replicas carry for one model now.
 *
 * @param capacities what one replica of each tier carries
 * @param spreading how requests are spread
 */
record Carried(SortedMap<TierName, RequestRate> capacities, Spreading spreading) {

    /**
     * What a gear carries when every replica of it is ready, behind the front that suits it best: slow replicas that would hold
     * fast ones back need not receive requests.
     */
    RequestRate by(Gear gear) {
        RequestRate most = together(gear);
        for (TierName tier : gear.replicas().keySet()) {
            RequestRate alone = by(gear, new Front.OneTier(tier));
            most = alone.compareTo(most) > 0 ? alone : most;
        }
        return most;
    }

    /** What a gear carries behind a front. */
    RequestRate by(Gear gear, Front front) {
        return together(front instanceof Front.OneTier one ? Gear.of(one.tier(), gear.on(one.tier())) : gear);
    }

    private RequestRate together(Gear gear) {
        return GearCapacity.of(gear, capacities, spreading);
    }
}
