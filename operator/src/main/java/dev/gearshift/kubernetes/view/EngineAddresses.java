package dev.gearshift.kubernetes.view;

import dev.gearshift.core.model.DeclaredEngine;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentSpec;
import dev.gearshift.kubernetes.mapping.EngineEndpoint;
import dev.gearshift.kubernetes.mapping.EngineMapping;
import dev.gearshift.loop.MetricsSource.Target;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the engines of pods listen, what they are, and under which name they serve. */
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
        Optional<EngineEndpoint> engine = endpoint(target.model());
        return caches.get().pods(target.model()).stream()
                .filter(pod -> pod.getMetadata().getName().equals(target.pod()))
                .map(pod -> pod.getStatus() == null ? null : pod.getStatus().getPodIP())
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(ip -> engine.map(where -> new Address(ip, where.metricsPort(), where.metricsPath())));
    }

    /** The engine a model is served by, as far as it is known: a declaration that is refused may not say. */
    public Optional<DeclaredEngine> engine(ModelKey model) {
        return endpoint(model).map(EngineEndpoint::engine);
    }

    /** The name a model's engines serve it under. */
    public Optional<String> servedName(ModelKey model) {
        return spec(model).map(ModelDeploymentSpec::model).map(ModelDeploymentSpec.Model::name);
    }

    private Optional<EngineEndpoint> endpoint(ModelKey model) {
        return spec(model).flatMap(spec -> EngineMapping.read(spec.engine()));
    }

    private Optional<ModelDeploymentSpec> spec(ModelKey model) {
        return caches.get().model(model).map(ModelDeployment::getSpec);
    }
}
