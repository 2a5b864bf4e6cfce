package dev.gearshift.kubernetes.mapping;

import io.fabric8.kubernetes.api.model.Toleration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a pod gets onto a tier's nodes.
 *
 * @param nodeSelector labels to select
 * @param tolerations taints to tolerate
 */
public record TierPlacement(SortedMap<String, String> nodeSelector, List<Toleration> tolerations) {

    /**
     * A placement.
     *
     * @param nodeSelector labels to select
     * @param tolerations taints to tolerate
     */
    public TierPlacement(Map<String, String> nodeSelector, List<Toleration> tolerations) {
        this(new TreeMap<>(nodeSelector), tolerations);
    }

    public TierPlacement {
        nodeSelector = Collections.unmodifiableSortedMap(new TreeMap<>(nodeSelector));
        tolerations = List.copyOf(tolerations);
    }
}
