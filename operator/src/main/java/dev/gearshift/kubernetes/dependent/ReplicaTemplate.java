package dev.gearshift.kubernetes.dependent;

import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.api.v1alpha1.GearshiftApi;
import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The pod of a replica: the user's template, and what the tier and the engine need besides. */
final class ReplicaTemplate {

    /** What Kubernetes gives a pod to end when nothing is said; a short drain is no reason for less. */
    private static final Duration SHORTEST_TERMINATION = Duration.ofSeconds(30);

    private ReplicaTemplate() {}

    /** The template on one tier; the user's is copied, with whatever fields this version does not know. */
    static PodTemplateSpec of(DeploymentBlueprint blueprint, DeploymentBlueprint.OnTier tier) {
        PodTemplateSpec copy = new PodTemplateSpecBuilder(blueprint.template()).build();
        PodSpec own = copy.getSpec();
        return new PodTemplateSpecBuilder(copy)
                .editOrNewMetadata()
                .addToLabels(Labels.serving(Labels.ofTier(blueprint.key().name(), tier.tier())))
                .endMetadata()
                .editSpec()
                .withContainers(containers(own, blueprint, tier))
                // Where both select by one label the tier's value holds: with another the pod would be on other
                // hardware.
                .addToNodeSelector(tier.placement().nodeSelector())
                .withTolerations(
                        tolerations(own.getTolerations(), tier.placement().tolerations()))
                .withAffinity(
                        tier.region().isPresent()
                                ? RegionAffinity.within(tier.region().get(), own.getAffinity())
                                : own.getAffinity())
                .withTerminationGracePeriodSeconds(
                        own.getTerminationGracePeriodSeconds() == null
                                ? (Long) terminationSeconds(blueprint.drainGrace())
                                : own.getTerminationGracePeriodSeconds())
                .endSpec()
                .build();
    }

    private static List<Container> containers(
            PodSpec own, DeploymentBlueprint blueprint, DeploymentBlueprint.OnTier tier) {
        return own.getContainers().stream()
                .map(container -> GearshiftApi.ENGINE_CONTAINER.equals(container.getName())
                        ? EngineContainer.of(container, own, blueprint, tier)
                        : container)
                .toList();
    }

    private static List<Toleration> tolerations(List<Toleration> own, List<Toleration> tiers) {
        List<Toleration> all = new ArrayList<>(own);
        tiers.stream().filter(toleration -> !own.contains(toleration)).forEach(all::add);
        return all;
    }

    /**
     * A replica that is deleted without having been drained, by a node that leaves, has the same time for its requests. The period alone
     * gives it none, since engines abort them when they are told to stop: {@link FinishRequests} uses it, or the user's own hook.
     */
    private static long terminationSeconds(Duration drainGrace) {
        Duration longer = drainGrace.compareTo(SHORTEST_TERMINATION) < 0 ? SHORTEST_TERMINATION : drainGrace;
        return longer.plusMillis(999).toSeconds();
    }
}
