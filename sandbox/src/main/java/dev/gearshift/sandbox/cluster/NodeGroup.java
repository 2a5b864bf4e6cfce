package dev.gearshift.sandbox.cluster;

import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.sandbox.time.DurationRange;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Nodes of one kind that the node autoscaler may order.
 *
 * @param name its name, also under {@link #LABEL} on its nodes
 * @param nodePrice what one node costs
 * @param labels labels of its nodes, besides that and the host name
 * @param taints taints of its nodes
 * @param allocatable what one node offers to pods
 * @param minNodes nodes that are there from the start and stay
 * @param maxNodes most nodes at a time
 * @param provisioning time from asking for a node to its being ready
 */
public record NodeGroup(
        String name,
        HourlyCost nodePrice,
        SortedMap<String, String> labels,
        List<Taint> taints,
        SortedMap<String, Quantity> allocatable,
        int minNodes,
        int maxNodes,
        DurationRange provisioning) {

    /** The label that says which group a node belongs to. */
    public static final String LABEL = "cloud.google.com/gke-nodepool";

    /** What provisioning takes unless said otherwise. */
    public static final DurationRange USUAL_PROVISIONING = DurationRange.ofSeconds(75, 105);

    public NodeGroup {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        taints = List.copyOf(taints);
        allocatable = Collections.unmodifiableSortedMap(new TreeMap<>(allocatable));
        if (minNodes < 0 || maxNodes < minNodes) {
            throw new IllegalArgumentException(
                    "node group " + name + " cannot have " + minNodes + " to " + maxNodes + " nodes");
        }
    }

    /**
     * A group of untainted nodes with so many accelerators each, no nodes at the start and the usual provisioning time.
     *
     * @param resource the accelerators' resource name
     */
    public static NodeGroup of(
            String name,
            HourlyCost nodePrice,
            SortedMap<String, String> labels,
            String resource,
            int acceleratorsPerNode,
            int maxNodes) {
        SortedMap<String, Quantity> allocatable = new TreeMap<>();
        allocatable.put("cpu", new Quantity(Integer.toString(8 * acceleratorsPerNode)));
        allocatable.put("memory", new Quantity(64 * acceleratorsPerNode + "Gi"));
        allocatable.put("pods", new Quantity("110"));
        allocatable.put(resource, new Quantity(Integer.toString(acceleratorsPerNode)));
        return new NodeGroup(name, nodePrice, labels, List.of(), allocatable, 0, maxNodes, USUAL_PROVISIONING);
    }

    /** The same group with taints. */
    public NodeGroup tainted(Taint... others) {
        return new NodeGroup(name, nodePrice, labels, List.of(others), allocatable, minNodes, maxNodes, provisioning);
    }

    /** The same group with nodes from the start. */
    public NodeGroup startingWith(int nodes) {
        return new NodeGroup(name, nodePrice, labels, taints, allocatable, nodes, maxNodes, provisioning);
    }

    /** The same group with another provisioning time. */
    public NodeGroup provisionedIn(DurationRange range) {
        return new NodeGroup(name, nodePrice, labels, taints, allocatable, minNodes, maxNodes, range);
    }

    /** A ready node of this group. */
    Node node(String nodeName, String time) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(nodeName)
                .withLabels(labels)
                .addToLabels(LABEL, name)
                .addToLabels("kubernetes.io/hostname", nodeName)
                .endMetadata()
                .withNewSpec()
                .withProviderID("sandbox:///" + name + "/" + nodeName)
                .withTaints(taints)
                .endSpec()
                .withNewStatus()
                .withCapacity(allocatable)
                .withAllocatable(allocatable)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .withMessage("kubelet is posting ready status")
                .withLastTransitionTime(time)
                .endCondition()
                .endStatus()
                .build();
    }
}
