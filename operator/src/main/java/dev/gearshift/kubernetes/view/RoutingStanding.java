package dev.gearshift.kubernetes.view;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.kubernetes.RoutingKind;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.mapping.AskedRouting;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How far the routes that a model asks for are in force. One that no gateway has accepted leads nowhere: requests then come by the
 * front Service, whatever exists.
 *
 * @param missing kinds that are asked for and that the cluster does not have
 * @param accepted kinds that are asked for, with an object a gateway has accepted
 * @param refusals what gateways say of objects they do not accept
 */
public record RoutingStanding(SortedSet<RoutingKind> missing, SortedSet<RoutingKind> accepted, List<String> refusals) {

    public RoutingStanding {
        refusals = List.copyOf(refusals);
    }

    /** How a model stands; empty when it asks for nothing. */
    public static Optional<RoutingStanding> of(
            ModelDeployment model, ModelKey key, AskedRouting asked, RoutingObjects objects) {
        if (asked.kinds().isEmpty()) {
            return Optional.empty();
        }
        SortedSet<RoutingKind> missing = new TreeSet<>();
        SortedSet<RoutingKind> accepted = new TreeSet<>();
        SortedSet<String> refusals = new TreeSet<>();
        for (RoutingKind kind : asked.kinds()) {
            if (!objects.isThere(kind)) {
                missing.add(kind);
                continue;
            }
            Optional<GenericKubernetesResource> object = objects.of(model, key, kind);
            List<Map<?, ?>> words = object.map(RoutingStanding::acceptances).orElse(List.of());
            if (words.stream().anyMatch(condition -> "True".equals(condition.get("status")))) {
                accepted.add(kind);
            } else {
                words.forEach(condition -> refusals.add(Objects.toString(condition.get("message"), "")));
            }
        }
        return Optional.of(new RoutingStanding(missing, accepted, List.copyOf(refusals)));
    }

    /** How requests reach replicas. */
    public Spreading spreading() {
        return accepted.isEmpty() ? Spreading.EVEN : Spreading.WEIGHTED;
    }

    /** What each gateway says of taking an object: routes and pools report it alike. */
    private static List<Map<?, ?>> acceptances(GenericKubernetesResource object) {
        Object parents = object.get("status", "parents");
        return parents instanceof List<?> list
                ? list.stream()
                        .flatMap(parent ->
                                parent instanceof Map<?, ?> each && each.get("conditions") instanceof List<?> all
                                        ? all.stream()
                                        : Stream.<Object>empty())
                        .<Map<?, ?>>mapMulti((condition, out) -> {
                            if (condition instanceof Map<?, ?> each && "Accepted".equals(each.get("type"))) {
                                out.accept(each);
                            }
                        })
                        .toList()
                : List.of();
    }
}
