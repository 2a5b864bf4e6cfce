package dev.gearshift.loop;

import dev.gearshift.core.model.CarbonIntensity;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.Watts;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A tier with what deciding does not need, but pricing it does: where its replicas run and how its nodes are told from others.
 *
 * @param tier the tier at its declared price
 * @param declaration what else was declared of it
 * @param placed its replicas that are on a node, over all models
 */
public record TierFacts(Tier tier, Declaration declaration, List<Placed> placed) {

    /**
     * What was declared of a tier for pricing it.
     *
     * @param priceSource where the declared price is from, for people; empty when it was not said
     * @param nodeSelector the labels of its nodes
     * @param power what one accelerator draws
     * @param carbon what the electricity comes with
     */
    public record Declaration(
            Optional<String> priceSource,
            SortedMap<String, String> nodeSelector,
            Optional<Watts> power,
            Optional<CarbonIntensity> carbon) {

        /** Nothing but a price was declared. */
        public static final Declaration NONE =
                new Declaration(Optional.empty(), new TreeMap<>(), Optional.empty(), Optional.empty());

        public Declaration {
            nodeSelector = Collections.unmodifiableSortedMap(new TreeMap<>(nodeSelector));
        }
    }

    /**
     * A replica on a node.
     *
     * @param namespace of its pod
     * @param pod its pod's name
     * @param node the name of the node
     * @param nodeLabels the labels of the node; empty when the node is not known
     * @param accelerators how many it has
     */
    public record Placed(
            String namespace, String pod, String node, SortedMap<String, String> nodeLabels, int accelerators) {

        public Placed {
            nodeLabels = Collections.unmodifiableSortedMap(new TreeMap<>(nodeLabels));
            if (accelerators < 0) {
                throw new IllegalArgumentException("accelerators must not be negative, but is " + accelerators);
            }
        }
    }

    public TierFacts {
        placed = List.copyOf(placed);
    }

    /** The accelerators its replicas have. */
    public int accelerators() {
        return placed.stream().mapToInt(Placed::accelerators).sum();
    }
}
