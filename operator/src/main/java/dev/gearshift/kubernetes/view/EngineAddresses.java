package dev.gearshift.kubernetes.view;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentSpec;
import dev.gearshift.kubernetes.mapping.Defaults;
import dev.gearshift.loop.MetricsSource.Target;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the engines of pods listen, and under which name they serve. */
public final class EngineAddresses {

    private final Supplier<ClusterCaches> caches;

    /**
     * An engine's address.
     *
     * @param ip of its pod
     * @param port of its metrics
     * @param path of its metrics
     */
    public record Address(String ip, int port, String path) {}

    /**
     * Addresses from caches.
     *
     * @param caches asked for anew each time
     */
    public EngineAddresses(Supplier<ClusterCaches> caches) {
        this.caches = caches;
    }

    /** Where a pod's metrics are; empty before it has an address. */
    public Optional<Address> of(Target target) {
        ModelDeploymentSpec.Engine engine =
                spec(target.model()).map(ModelDeploymentSpec::engine).orElse(null);
        int port = engine == null || engine.port() == null ? Defaults.ENGINE_PORT : engine.port();
        String path = engine == null || engine.metricsPath() == null ? Defaults.METRICS_PATH : engine.metricsPath();
        return caches.get().pods(target.model()).stream()
                .filter(pod -> pod.getMetadata().getName().equals(target.pod()))
                .map(pod -> pod.getStatus() == null ? null : pod.getStatus().getPodIP())
                .filter(Objects::nonNull)
                .findFirst()
                .map(ip -> new Address(ip, port, path));
    }

    /** The name a model's engines serve it under. */
    public Optional<String> servedName(ModelKey model) {
        return spec(model).map(ModelDeploymentSpec::model).map(ModelDeploymentSpec.Model::name);
    }

    private Optional<ModelDeploymentSpec> spec(ModelKey model) {
        return caches.get().model(model).map(ModelDeployment::getSpec);
    }
}
