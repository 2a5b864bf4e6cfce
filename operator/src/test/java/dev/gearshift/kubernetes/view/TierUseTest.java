package dev.gearshift.kubernetes.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.mapping.TierCatalogue;
import dev.gearshift.loop.TierFacts;
import dev.gearshift.loop.TierFacts.Placed;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TierUseTest {

    private static final HardwareTier L4 = new KubernetesSerialization().unmarshal("""
            apiVersion: gearshift.dev/v1alpha1
            kind: HardwareTier
            metadata: {name: l4}
            spec:
              accelerator: {product: NVIDIA-L4}
              nodeSelector: {node.kubernetes.io/instance-type: g6.xlarge}
              price: {perAcceleratorHour: "0.80", source: a list}
              power: {watts: 72, gramsCo2PerKwh: 430}
            """, HardwareTier.class);

    @Test
    void aTierComesWithItsReplicasOnNodesAndTheLabelsOfThese() {
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName("a")
                .addToLabels("zone", "z")
                .endMetadata()
                .build();
        List<TierFacts> facts = TierUse.of(
                TierCatalogue.of(List.of(L4)).declared(),
                List.of(
                        pod("placed", "l4", "a", "Running"),
                        pod("elsewhere", "l4", "unknown", "Pending"),
                        pod("waiting", "l4", "", "Pending"),
                        pod("ended", "l4", "a", "Failed"),
                        pod("other", "h100", "a", "Running")),
                List.of(node));

        assertThat(facts).hasSize(1);
        assertThat(facts.get(0).placed())
                .containsExactly(
                        new Placed("team", "placed", "a", new TreeMap<>(Map.of("zone", "z")), 2),
                        new Placed("team", "elsewhere", "unknown", new TreeMap<>(), 2));
        assertThat(facts.get(0).accelerators()).isEqualTo(4);
        assertThat(facts.get(0).declaration().nodeSelector())
                .containsEntry("node.kubernetes.io/instance-type", "g6.xlarge");
    }

    private static Pod pod(String name, String tier, String node, String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("team")
                .addToLabels(Labels.TIER, tier)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node.isEmpty() ? null : node)
                .addNewContainer()
                .withName("engine")
                .withNewResources()
                .addToLimits("nvidia.com/gpu", new Quantity("2"))
                .endResources()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }
}
