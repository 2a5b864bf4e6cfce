package dev.gearshift.pricing;

import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Money;
import dev.gearshift.core.model.Tier;
import dev.gearshift.loop.PriceSource;
import dev.gearshift.loop.TierFacts;
import dev.gearshift.loop.TierFacts.Placed;
import java.util.List;
import java.util.Optional;

/**
 * What OpenCost says of a tier: the median, over the nodes its replicas run on, of what a node costs in all, divided by the
 * accelerators of a node. The bill comes by the node, so its processors and memory are in the price.
 *
 * <p>Metrics and labels as in {@code opencost/opencost}, {@code pkg/costmodel/metrics.go} at commit 02e06667: gauges with
 * {@code instance, node, instance_type, region, provider_id, arch, uid}; the total is vCPUs, memory and GPUs, each at its hourly cost. A
 * node is passed over when
 * <ul>
 *   <li>{@code node_gpu_hourly_cost} is 0: its GPUs are not in the total (no device plugin yet, or no price for them);
 *   <li>{@code kubecost_node_is_spot} contradicts the tier: then the price is that of another way to buy (without a feed of spot
 *       prices, OpenCost may take a spot node for one on demand).
 * </ul>
 * Wrong where {@code acceleratorsPerNode} is, and after a node left until Prometheus forgets it (5 minutes).
 */
final class OpenCostPrices {

    static final String TOTAL = "node_total_hourly_cost";
    static final String PER_GPU = "node_gpu_hourly_cost";
    static final String IS_SPOT = "kubecost_node_is_spot";

    private OpenCostPrices() {}

    static Optional<Estimate> of(TierFacts facts, Observed seen) {
        List<String> nodes =
                facts.placed().stream().map(Placed::node).distinct().toList();
        List<HourlyCost> prices = nodes.stream()
                .filter(node -> !seen.isWithoutAccelerators(node) && isOf(facts.tier(), seen.isSpot(node)))
                .flatMap(node -> seen.node(node).stream())
                .sorted()
                .toList();
        if (prices.isEmpty()) {
            return Optional.empty();
        }
        String count = prices.size() == nodes.size() ? "" + nodes.size() : prices.size() + " of " + nodes.size();
        return Optional.of(new Estimate(
                        shared(median(prices), facts.tier()),
                        PriceSource.OPENCOST,
                        PriceSource.OPENCOST.word() + ", " + count + (nodes.size() == 1 ? " node" : " nodes")))
                .filter(estimate -> estimate.perAccelerator().compareTo(HourlyCost.ZERO) > 0);
    }

    private static boolean isOf(Tier tier, Optional<Boolean> spot) {
        return spot.isEmpty() || spot.get() == (tier.capacityType() == CapacityType.SPOT);
    }

    private static HourlyCost median(List<HourlyCost> sorted) {
        Money low = sorted.get((sorted.size() - 1) / 2).perHour();
        Money high = sorted.get(sorted.size() / 2).perHour();
        return low.plus(high).times(0.5).perHour();
    }

    /** The share of one accelerator in the price of a node. */
    static HourlyCost shared(HourlyCost node, Tier tier) {
        return node.perHour().times(1.0 / tier.acceleratorsPerNode()).perHour();
    }
}
