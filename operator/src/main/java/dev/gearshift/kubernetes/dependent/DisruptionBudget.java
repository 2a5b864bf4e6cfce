package dev.gearshift.kubernetes.dependent;

import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/** Lets node drains take the replicas of a model one at a time, over all tiers together. */
public final class DisruptionBudget {

    private DisruptionBudget() {}

    /**
     * The budget of a model. Replicas that are not ready may always be taken: they serve nothing, and one that never becomes
     * ready would hold its node for ever.
     *
     * @param blueprint what it is made from
     * @param owner the model deployment
     */
    public static PodDisruptionBudget desired(DeploymentBlueprint blueprint, OwnerReference owner) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(OwnedMetadata.ofModel(blueprint.key(), owner))
                .withNewSpec()
                .withNewMaxUnavailable(1)
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(Labels.ofModel(blueprint.key().name()))
                .endSelector()
                .endSpec()
                .build();
    }
}
