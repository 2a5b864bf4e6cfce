package dev.gearshift.pricing;

import dev.gearshift.loop.TierFacts;
import dev.gearshift.loop.TierFacts.Placed;
import dev.gearshift.prometheus.PromQl;
import dev.gearshift.prometheus.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The one query that asks for all prices and powers: a union whose elements are told apart by the label {@link #KIND}. Only what the
 * tiers' nodes and instance types make worth asking is asked for.
 */
final class PriceQuery {

    static final String KIND = "kind";
    static final String NODE = "node";
    static final String NODE_GPU = "node_gpu";
    static final String NODE_SPOT = "node_spot";
    static final String OFFERING = "offering";
    static final String AVAILABLE = "available";
    static final String POWER = "power";

    private static final String NODES = "avg by (node)";
    private static final String OFFERINGS = "max by (instance_type, capacity_type, zone)";

    /** One element an accelerator; its pod is in the first pair of labels or the second, as Prometheus is set up. */
    private static final String ACCELERATORS =
            "max by (UUID, Hostname, exported_namespace, exported_pod, namespace, pod)";

    private PriceQuery() {}

    static Query<Observed> of(List<TierFacts> tiers, SortedMap<String, String> only) {
        SortedSet<String> nodes = new TreeSet<>();
        SortedSet<String> types = new TreeSet<>();
        for (TierFacts tier : tiers) {
            tier.placed().stream().map(Placed::node).forEach(node -> nodes.add(node));
            types.addAll(KarpenterPrices.instanceTypes(tier));
        }
        List<String> parts = new ArrayList<>();
        if (!nodes.isEmpty()) {
            String ofNodes = selector(only, PromQl.among("node", nodes));
            parts.add(part(NODE, NODES, OpenCostPrices.TOTAL, ofNodes));
            parts.add(part(NODE_GPU, NODES, OpenCostPrices.PER_GPU, ofNodes));
            parts.add(part(NODE_SPOT, NODES, OpenCostPrices.IS_SPOT, ofNodes));
            parts.add(part(POWER, ACCELERATORS, DcgmPower.USAGE, selector(only)));
        }
        if (!types.isEmpty()) {
            String ofTypes = selector(only, PromQl.among("instance_type", types));
            parts.add(part(OFFERING, OFFERINGS, KarpenterPrices.ESTIMATE, ofTypes));
            parts.add(part(AVAILABLE, OFFERINGS, KarpenterPrices.AVAILABLE, ofTypes));
        }
        // With nothing worth asking there still is an answer, an empty one.
        String union = parts.isEmpty() ? "vector(0) > 0" : String.join("\nor ", parts);
        return Query.of("prices", union, Observed::new);
    }

    private static String selector(SortedMap<String, String> only, String... matchers) {
        List<String> all = new ArrayList<>(List.of(matchers));
        only.forEach((label, value) -> all.add(PromQl.among(label, List.of(value))));
        return all.isEmpty() ? "" : "{" + String.join(",", all) + "}";
    }

    private static String part(String kind, String aggregation, String metric, String selector) {
        return "label_replace(" + aggregation + " (" + metric + selector + "), \"" + KIND + "\", \"" + kind
                + "\", \"\", \"\")";
    }
}
