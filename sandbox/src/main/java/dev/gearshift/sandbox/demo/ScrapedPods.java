package dev.gearshift.sandbox.demo;

import dev.gearshift.sandbox.cluster.Pods;
import dev.gearshift.sandbox.cluster.World;
import dev.gearshift.sandbox.prometheus.PrometheusServer;
import dev.gearshift.sandbox.prometheus.PrometheusTarget;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** Has a Prometheus scrape every pod with an engine that serves, as its discovery of pods does in a cluster. */
final class ScrapedPods {

    private final PrometheusServer server;
    private List<PrometheusTarget> scraped = List.of();

    ScrapedPods(PrometheusServer server) {
        this.server = server;
    }

    /** Tells Prometheus which pods serve now, when these are others than before. */
    void follow(World world) {
        List<PrometheusTarget> serving = world.cluster().pods().stream()
                .filter(pod -> world.engines().engine(pod).isPresent())
                .flatMap(pod -> target(world, pod).stream())
                .toList();
        if (!serving.equals(scraped)) {
            scraped = serving;
            server.replaceTargets(serving);
        }
    }

    private static Optional<PrometheusTarget> target(World world, Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        String name = pod.getMetadata().getName();
        return Pods.model(pod)
                .flatMap(model -> Pods.tier(pod)
                        .map(tier -> PrometheusTarget.ofPod(
                                world.engines().server().metricsOf(namespace, name), namespace, name, model, tier)));
    }
}
