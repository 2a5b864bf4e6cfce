package dev.gearshift.kubernetes.view;

import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.mapping.MappedTier;
import dev.gearshift.loop.TierFacts;
import dev.gearshift.loop.TierFacts.Placed;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where the replicas of tiers run. */
public final class TierUse {

    private TierUse() {}

    /** The accelerators a pod has, by its limits. */
    public static int accelerators(Pod pod, String resource) {
        int sum = 0;
        for (Container container : pod.getSpec().getContainers()) {
            Quantity quantity =
                    container.getResources() == null || container.getResources().getLimits() == null
                            ? null
                            : container.getResources().getLimits().get(resource);
            sum += quantity == null ? 0 : quantity.getNumericalAmount().intValue();
        }
        return sum;
    }

    /** Tiers with their replicas that are on a node. */
    static List<TierFacts> of(List<MappedTier.Usable> tiers, Collection<Pod> pods, Collection<Node> nodes) {
        Map<String, SortedMap<String, String>> labels = new HashMap<>();
        nodes.forEach(node -> labels.put(
                node.getMetadata().getName(),
                node.getMetadata().getLabels() == null
                        ? Collections.emptySortedMap()
                        : new TreeMap<>(node.getMetadata().getLabels())));
        Map<TierName, List<Pod>> byTier = new TreeMap<>();
        for (Pod pod : pods) {
            Replicas.of(pod, Collections.emptySortedSet())
                    .filter(replica -> replica.node().isPresent())
                    .ifPresent(replica -> byTier.computeIfAbsent(replica.tier(), any -> new ArrayList<>())
                            .add(pod));
        }
        return tiers.stream()
                .map(tier -> new TierFacts(
                        tier.tier(),
                        tier.declaration(),
                        byTier.getOrDefault(tier.tier().name(), List.of()).stream()
                                .map(pod ->
                                        placed(pod, tier.tier().accelerator().resource(), labels))
                                .toList()))
                .toList();
    }

    private static Placed placed(Pod pod, String resource, Map<String, SortedMap<String, String>> labels) {
        String node = pod.getSpec().getNodeName();
        return new Placed(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                node,
                labels.getOrDefault(node, Collections.emptySortedMap()),
                accelerators(pod, resource));
    }
}
