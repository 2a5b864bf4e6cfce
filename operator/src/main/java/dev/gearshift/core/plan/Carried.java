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

    /** What a gear carries when every replica of it is ready and receives requests. */
    RequestRate by(Gear gear) {
        return GearCapacity.of(gear, capacities, spreading);
    }

    /** What a gear carries behind a front. */
    RequestRate by(Gear gear, Front front) {
        return front instanceof Front.OneTier one ? by(Gear.of(one.tier(), gear.on(one.tier()))) : by(gear);
    }
}
