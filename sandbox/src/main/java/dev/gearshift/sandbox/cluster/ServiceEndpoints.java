package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;

/** Which pods a Service sends requests to: those that match its selector, are ready and were not told to stop. */
public final class ServiceEndpoints {

    private final Cluster cluster;

    /** The endpoints in a cluster. */
    public ServiceEndpoints(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The pods behind a Service, ordered by name; none when there is no such Service or it selects nothing. */
    public List<Pod> of(String namespace, String name) {
        return cluster.list(Service.class).stream()
                .filter(service -> namespace.equals(service.getMetadata().getNamespace())
                        && name.equals(service.getMetadata().getName()))
                .findFirst()
                .map(this::of)
                .orElse(List.of());
    }

    private List<Pod> of(Service service) {
        Map<String, String> selector = service.getSpec().getSelector();
        if (selector == null || selector.isEmpty()) {
            return List.of();
        }
        return cluster.pods().stream()
                .filter(pod -> service.getMetadata()
                        .getNamespace()
                        .equals(pod.getMetadata().getNamespace()))
                .filter(pod -> Pods.isActive(pod) && Pods.isReady(pod))
                .filter(pod -> labels(pod).entrySet().containsAll(selector.entrySet()))
                .toList();
    }

    private static Map<String, String> labels(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
