package dev.gearshift.kubernetes.dependent;

import dev.gearshift.core.model.Front;
import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;

/** The Service clients of a model use. Its selector is what a shift flips. */
public final class FrontService {

    private FrontService() {}

    /**
     * The Service of a model.
     *
     * @param blueprint what it is made from
     * @param front which serving replicas it sends requests to
     * @param owner the model deployment
     */
    public static Service desired(DeploymentBlueprint blueprint, Front front, OwnerReference owner) {
        String model = blueprint.key().name();
        return ServingService.of(
                OwnedMetadata.ofModel(blueprint.key(), owner),
                Labels.serving(
                        front instanceof Front.OneTier one ? Labels.ofTier(model, one.tier()) : Labels.ofModel(model)),
                blueprint);
    }
}
