package dev.gearshift.kubernetes.dependent;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a pod within a region, whatever else it requires of its node. */
final class RegionAffinity {

    private static final String REGION_LABEL = "topology.kubernetes.io/region";

    private RegionAffinity() {}

    /**
     * The user's affinity, if any, and the region. Terms are alternatives, so the region goes into each of them; a term
     * without any requirement matches no node and stays so.
     */
    static Affinity within(String region, @Nullable Affinity own) {
        NodeSelectorRequirement inRegion = new NodeSelectorRequirementBuilder()
                .withKey(REGION_LABEL)
                .withOperator("In")
                .withValues(region)
                .build();
        Affinity affinity = own == null ? new Affinity() : own;
        List<NodeSelectorTerm> terms = terms(affinity);
        return new AffinityBuilder(affinity)
                .editOrNewNodeAffinity()
                .editOrNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withNodeSelectorTerms(
                        terms.isEmpty()
                                ? List.of(with(new NodeSelectorTerm(), inRegion))
                                : terms.stream()
                                        .map(term -> isEmpty(term) ? term : with(term, inRegion))
                                        .toList())
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .build();
    }

    private static List<NodeSelectorTerm> terms(Affinity affinity) {
        return affinity.getNodeAffinity() == null
                        || affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() == null
                ? List.of()
                : affinity.getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .getNodeSelectorTerms();
    }

    private static boolean isEmpty(NodeSelectorTerm term) {
        return term.getMatchExpressions().isEmpty() && term.getMatchFields().isEmpty();
    }

    private static NodeSelectorTerm with(NodeSelectorTerm term, NodeSelectorRequirement requirement) {
        return term.getMatchExpressions().contains(requirement)
                ? term
                : new NodeSelectorTermBuilder(term)
                        .addToMatchExpressions(requirement)
                        .build();
    }
}
