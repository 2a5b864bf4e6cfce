package dev.gearshift.sandbox;

import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.mapping.MappedTier;
import dev.gearshift.kubernetes.mapping.TierCatalogue;
import dev.gearshift.kubernetes.mapping.TierPlacement;
import dev.gearshift.sandbox.cluster.NodeGroup;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The nodes a cloud would have for hardware tiers: a group a tier, with the labels it selects and the taints it tolerates. */
final class TierNodes {

    /** Where a tier has no limit, this many nodes can be had. */
    private static final int MANY = 64;

    private static final int MOST_TAINTS = 4;

    private TierNodes() {}

    static List<NodeGroup> of(TierCatalogue catalogue) {
        return catalogue.usable().stream()
                .map(Tier::name)
                .flatMap(name -> catalogue.usable(name).stream())
                .map(TierNodes::group)
                .toList();
    }

    private static NodeGroup group(MappedTier.Usable usable) {
        Tier tier = usable.tier();
        TierName name = tier.name();
        SortedMap<String, String> labels = new TreeMap<>(usable.placement().nodeSelector());
        labels.put("nvidia.com/gpu.product", tier.accelerator().product());
        tier.region().ifPresent(region -> labels.put("topology.kubernetes.io/region", region));
        int nodes = tier.limit().isPresent() ? tier.limit().getAsInt() / tier.acceleratorsPerNode() : MANY;
        return NodeGroup.of(
                        name.value(),
                        tier.nodePrice(),
                        labels,
                        tier.accelerator().resource(),
                        tier.acceleratorsPerNode(),
                        nodes)
                .tainted(taints(usable.placement()));
    }

    /** Tolerations of keys that keep other pods away from the nodes of accelerators, as clouds taint them. */
    private static Taint[] taints(TierPlacement placement) {
        return placement.tolerations().stream()
                .filter(toleration -> toleration.getKey() != null
                        && (toleration.getEffect() == null || "NoSchedule".equals(toleration.getEffect())))
                .limit(MOST_TAINTS)
                .map(toleration -> new TaintBuilder()
                        .withKey(toleration.getKey())
                        .withValue(Objects.requireNonNullElse(toleration.getValue(), "present"))
                        .withEffect("NoSchedule")
                        .build())
                .toArray(Taint[]::new);
    }
}
