package dev.gearshift.kubernetes.dependent;

import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;

/** The Service of the serving replicas of one tier. */
public final class TierService {

    private TierService() {}

    /**
     * The Service of a tier, whether or not the model can still use the tier.
     *
     * @param blueprint what it is made from
     * @param tier the tier
     * @param owner the model deployment
     */
    public static Service desired(DeploymentBlueprint blueprint, TierName tier, OwnerReference owner) {
        return ServingService.of(
                OwnedMetadata.ofTier(blueprint.key(), tier, owner),
                Labels.serving(Labels.ofTier(blueprint.key().name(), tier)),
                blueprint);
    }
}
