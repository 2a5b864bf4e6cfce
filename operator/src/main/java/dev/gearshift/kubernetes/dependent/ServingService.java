package dev.gearshift.kubernetes.dependent;

import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;

/** A Service in front of some of a model's replicas. */
final class ServingService {

    private ServingService() {}

    /** The Service of that metadata and selector, on the model's ports. */
    static Service of(ObjectMeta metadata, Map<String, String> selector, DeploymentBlueprint blueprint) {
        return new ServiceBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withSelector(selector)
                .addNewPort()
                .withName("http")
                // The protocol is part of a port's key in server-side apply, so it is stated.
                .withProtocol("TCP")
                .withPort(blueprint.servicePort())
                .withNewTargetPort(blueprint.engine().port())
                .endPort()
                .endSpec()
                .build();
    }
}
