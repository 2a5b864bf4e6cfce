package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of resources by name: cores, bytes, accelerators. A pod asks for the requests of its containers, and for their limits where
 * they request nothing; its init containers are left out of account.
 *
 * @param amounts the amounts
 */
record Resources(SortedMap<String, BigDecimal> amounts) {

    static Resources of(@Nullable Map<String, Quantity> quantities) {
        SortedMap<String, BigDecimal> amounts = new TreeMap<>();
        if (quantities != null) {
            quantities.forEach((name, quantity) -> amounts.put(name, quantity.getNumericalAmount()));
        }
        return new Resources(amounts);
    }

    static Resources wantedBy(Pod pod) {
        Resources sum = new Resources(new TreeMap<>());
        for (Container container : pod.getSpec().getContainers()) {
            if (container.getResources() != null) {
                Resources wanted = of(container.getResources().getLimits());
                wanted.amounts.putAll(of(container.getResources().getRequests()).amounts);
                sum = sum.plus(wanted);
            }
        }
        return sum;
    }

    /** What is left of a node's allocatable resources. */
    static Resources leftOn(Node node, List<Pod> pods) {
        Resources left = of(node.getStatus().getAllocatable());
        for (Pod pod : pods) {
            left = left.minus(wantedBy(pod));
        }
        return left;
    }

    Resources plus(Resources other) {
        SortedMap<String, BigDecimal> sum = new TreeMap<>(amounts);
        other.amounts.forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add));
        return new Resources(sum);
    }

    Resources minus(Resources other) {
        SortedMap<String, BigDecimal> rest = new TreeMap<>(amounts);
        other.amounts.forEach((name, amount) -> rest.merge(name, amount.negate(), BigDecimal::add));
        return new Resources(rest);
    }

    /** Names of what {@code wanted} asks for and is not here. */
    List<String> lacking(Resources wanted) {
        return wanted.amounts.entrySet().stream()
                .filter(entry -> entry.getValue().compareTo(amounts.getOrDefault(entry.getKey(), BigDecimal.ZERO)) > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The sum of the amounts of extended resources (those with a domain in their name). */
    BigDecimal extended() {
        return amounts.entrySet().stream()
                .filter(entry -> entry.getKey().contains("/"))
                .map(Map.Entry::getValue)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
