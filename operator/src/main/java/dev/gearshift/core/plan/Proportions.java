package dev.gearshift.core.plan;

import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.TierName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Another total at the present proportions of tiers, by largest remainders. */
final class Proportions {

    private Proportions() {}

    /** A gear of so many replicas in the proportions of another; empty when that other has none. */
    static Optional<Gear> scale(Gear gear, int total) {
        if (gear.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<TierName, Integer> counts = new TreeMap<>();
        SortedMap<TierName, Long> remainders = new TreeMap<>();
        int given = 0;
        for (var entry : gear.replicas().entrySet()) {
            long share = (long) entry.getValue() * total;
            counts.put(entry.getKey(), (int) (share / gear.total()));
            remainders.put(entry.getKey(), share % gear.total());
            given += (int) (share / gear.total());
        }
        List<TierName> order = new ArrayList<>(remainders.keySet());
        order.sort(Comparator.comparing((TierName tier) -> remainders.getOrDefault(tier, 0L))
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        for (TierName tier : order.subList(0, total - given)) {
            counts.merge(tier, 1, Integer::sum);
        }
        return Optional.of(new Gear(counts));
    }
}
