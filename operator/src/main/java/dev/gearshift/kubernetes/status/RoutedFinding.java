package dev.gearshift.kubernetes.status;

import dev.gearshift.kubernetes.RoutingKind;
import dev.gearshift.kubernetes.view.RoutingStanding;
import java.util.stream.Collectors;

/** Condition {@code Routed}: whether the routes that are asked for are in force, and what serves meanwhile otherwise. */
final class RoutedFinding {

    private RoutedFinding() {}

    static Finding of(RoutingStanding standing, boolean pool, String front) {
        String missing = standing.missing().stream()
                .map(kind -> kind.kind() + " (" + kind.apiVersion() + ") is not installed in this cluster")
                .collect(Collectors.joining("; "));
        if (!standing.accepted().isEmpty()) {
            boolean queues = pool && !standing.missing().contains(RoutingKind.INFERENCE_POOL);
            String text = queues
                    ? "an endpoint picker sends each request to the replica that suits best"
                    : "weights follow what the ready replicas of each tier carry";
            return Finding.holds(queues ? "QueueAware" : "Weighted", missing.isEmpty() ? text : text + "; " + missing);
        }
        String meanwhile = "; Service " + front + " serves meanwhile and spreads evenly";
        if (!missing.isEmpty()) {
            return Finding.fails("KindMissing", missing + meanwhile);
        }
        String words = String.join("; ", standing.refusals());
        return Finding.fails(
                "NotAccepted", "no gateway has accepted it yet" + (words.isBlank() ? "" : ": " + words) + meanwhile);
    }
}
