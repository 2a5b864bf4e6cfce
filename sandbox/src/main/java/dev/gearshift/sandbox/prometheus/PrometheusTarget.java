package dev.gearshift.sandbox.prometheus;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A page for Prometheus to scrape.
 *
 * @param metrics where it is, {@code http://host:port/path}
 * @param labels what is attached to each of its series; a label of the same name on the page becomes {@code exported_…}
 */
public record PrometheusTarget(URI metrics, SortedMap<String, String> labels) {

    public PrometheusTarget {
        if (!"http".equals(metrics.getScheme()) || metrics.getHost() == null || metrics.getPort() < 0) {
            throw new IllegalArgumentException("a target is http://host:port/path, but is " + metrics);
        }
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /**
     * An engine pod, with the labels that relabelling gives it in a cluster.
     *
     * @param modelDeployment the value of its label {@code gearshift.dev/model-deployment}
     * @param tier the value of its label {@code gearshift.dev/tier}
     */
    public static PrometheusTarget ofPod(
            URI metrics, String namespace, String pod, String modelDeployment, String tier) {
        return new PrometheusTarget(
                metrics,
                new TreeMap<>(Map.of(
                        "namespace", namespace,
                        "pod", pod,
                        "gearshift_dev_model_deployment", modelDeployment,
                        "gearshift_dev_tier", tier)));
    }

    /** Host and port. */
    String address() {
        return metrics.getHost() + ":" + metrics.getPort();
    }
}
