package dev.gearshift.kubernetes.dependent;

import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The replicas of a model on one tier.
 *
 * <p>A changed template restarts every replica, so nothing is in it but what was declared in the ModelDeployment and the
 * HardwareTier.
 */
public final class TierDeployment {

    /** A replica that is not there yet may have to wait for a node and for its image before its own startup begins. */
    private static final Duration NODE_AND_IMAGE = Duration.ofMinutes(30);

    private TierDeployment() {}

    /**
     * The Deployment of a tier.
     *
     * @param blueprint what it is made from
     * @param tier the tier
     * @param replicas how many; empty leaves the field out, for another manager that owns it
     * @param owner the model deployment
     * @throws IllegalArgumentException when the model cannot use the tier, so that nothing is known of its pods there
     */
    public static Deployment desired(
            DeploymentBlueprint blueprint, TierName tier, OptionalInt replicas, OwnerReference owner) {
        DeploymentBlueprint.OnTier onTier = blueprint.tiers().get(tier);
        if (onTier == null) {
            throw new IllegalArgumentException(blueprint.key() + " cannot use tier " + tier);
        }
        return new DeploymentBuilder()
                .withMetadata(OwnedMetadata.ofTier(blueprint.key(), tier, owner))
                .withNewSpec()
                .withReplicas(replicas.isPresent() ? (Integer) replicas.getAsInt() : null)
                .withNewSelector()
                .withMatchLabels(Labels.ofTier(blueprint.key().name(), tier))
                .endSelector()
                // A new template takes one replica more, never one less: what is served does not suffer.
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withNewMaxSurge(1)
                .withNewMaxUnavailable(0)
                .endRollingUpdate()
                .endStrategy()
                .withProgressDeadlineSeconds(
                        (int) EngineProbes.STARTUP_BUDGET.plus(NODE_AND_IMAGE).toSeconds())
                .withTemplate(ReplicaTemplate.of(blueprint, onTier))
                .endSpec()
                .build();
    }
}
