package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every hardware tier of the cluster, by name: those that can be used and those that cannot.
 *
 * @param tiers what each of them means
 */
public record TierCatalogue(SortedMap<TierName, MappedTier> tiers) {

    public TierCatalogue {
        tiers = Collections.unmodifiableSortedMap(new TreeMap<>(tiers));
    }

    /** The catalogue of these tiers; one without a name is left out. */
    public static TierCatalogue of(Collection<HardwareTier> tiers) {
        SortedMap<TierName, MappedTier> mapped = new TreeMap<>();
        for (HardwareTier tier : tiers) {
            String name = tier.getMetadata() == null ? null : tier.getMetadata().getName();
            if (name != null && !name.isBlank()) {
                mapped.put(new TierName(name), TierMapping.map(tier));
            }
        }
        return new TierCatalogue(mapped);
    }

    /** The tier of that name, when it can be used. */
    public Optional<MappedTier.Usable> usable(TierName name) {
        return tiers.get(name) instanceof MappedTier.Usable usable ? Optional.of(usable) : Optional.empty();
    }

    /** What the planner knows of every tier that can be used, in order of name. */
    public List<Tier> usable() {
        return declared().stream().map(MappedTier.Usable::tier).toList();
    }

    /** Every tier that can be used, in order of name. */
    public List<MappedTier.Usable> declared() {
        return tiers.values().stream()
                .flatMap(tier -> tier instanceof MappedTier.Usable usable ? Stream.of(usable) : Stream.empty())
                .toList();
    }

    /** Names of the tiers that can be used, for people. */
    String usableNames() {
        List<Tier> usable = usable();
        return usable.isEmpty()
                ? "there are none"
                : "there are "
                        + String.join(
                                ", ",
                                usable.stream().map(tier -> tier.name().value()).toList());
    }
}
