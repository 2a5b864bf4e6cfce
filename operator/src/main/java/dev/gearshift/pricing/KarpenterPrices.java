package dev.gearshift.pricing;

import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Tier;
import dev.gearshift.loop.PriceSource;
import dev.gearshift.loop.TierFacts;
import dev.gearshift.loop.TierFacts.Placed;
import dev.gearshift.pricing.Observed.Offering;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What Karpenter expects the next node of a tier to cost: the cheapest of the offerings that fit and can be had, or of all that fit when
 * none can be had, divided by the accelerators of a node. An offering fits when its instance type, capacity type and zone are the tier's:
 * by its node selector; the instance types else by the nodes it has, the capacity type else by what the tier declares.
 *
 * <p>Metrics and labels ({@code instance_type, capacity_type, zone}) as in {@code aws/karpenter-provider-aws},
 * {@code pkg/providers/instancetype/offering/metrics.go} at commit eff767c9 (stability BETA by
 * {@code website/content/en/preview/reference/metrics.md} at 051472be). They come from providers, not from
 * {@code kubernetes-sigs/karpenter}: Oracle's has the same, Azure's has none. Reserved offerings are not asked: Karpenter prices them at a
 * ten-millionth of on demand or at zero ({@code reserved_capacity_resolver.go} at 1730dfdd), so that it fills them first.
 */
final class KarpenterPrices {

    static final String ESTIMATE = "karpenter_cloudprovider_instance_type_offering_price_estimate";
    static final String AVAILABLE = "karpenter_cloudprovider_instance_type_offering_available";

    private static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";
    private static final String CAPACITY_TYPE = "karpenter.sh/capacity-type";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String ON_DEMAND = "on-demand";
    private static final String SPOT = "spot";

    private KarpenterPrices() {}

    /** The instance types a tier's nodes have or will have; none when that is not known. */
    static SortedSet<String> instanceTypes(TierFacts facts) {
        SortedSet<String> types = new TreeSet<>();
        String selected = facts.declaration().nodeSelector().get(INSTANCE_TYPE);
        if (selected != null) {
            types.add(selected);
            return types;
        }
        for (Placed placed : facts.placed()) {
            String type = placed.nodeLabels().get(INSTANCE_TYPE);
            if (type != null) {
                types.add(type);
            }
        }
        return types;
    }

    static Optional<Estimate> of(TierFacts facts, Observed seen) {
        SortedSet<String> types = instanceTypes(facts);
        String capacity = capacityType(facts);
        String zone = facts.declaration().nodeSelector().get(ZONE);
        return seen.offerings().entrySet().stream()
                .filter(priced -> types.contains(priced.getKey().instanceType())
                        && priced.getKey().capacityType().equals(capacity)
                        && !capacity.isEmpty()
                        && (zone == null || priced.getKey().zone().equals(zone)))
                .min(Comparator.<Map.Entry<Offering, HourlyCost>, Boolean>comparing(
                                priced -> seen.isOutOfStock(priced.getKey()))
                        .thenComparing(Map.Entry::getValue)
                        .thenComparing(Map.Entry::getKey))
                .map(priced -> estimate(priced.getKey(), OpenCostPrices.shared(priced.getValue(), facts.tier())))
                .filter(estimate -> estimate.perAccelerator().compareTo(HourlyCost.ZERO) > 0);
    }

    private static Estimate estimate(Offering offering, HourlyCost price) {
        return new Estimate(
                price,
                PriceSource.KARPENTER,
                PriceSource.KARPENTER.word() + " " + offering.instanceType() + " " + offering.capacityType() + " "
                        + offering.zone());
    }

    /** Karpenter's word for how the tier's nodes are bought; empty when it has no price for that. */
    private static String capacityType(TierFacts facts) {
        Tier tier = facts.tier();
        String declared = tier.capacityType() == CapacityType.SPOT
                ? SPOT
                : tier.capacityType() == CapacityType.ON_DEMAND ? ON_DEMAND : "";
        String selected = facts.declaration().nodeSelector().getOrDefault(CAPACITY_TYPE, declared);
        return selected.equals(SPOT) || selected.equals(ON_DEMAND) ? selected : "";
    }
}
