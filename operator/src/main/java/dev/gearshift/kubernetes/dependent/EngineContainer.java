package dev.gearshift.kubernetes.dependent;

import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import dev.gearshift.kubernetes.mapping.EngineArguments;
import dev.gearshift.kubernetes.mapping.EngineFacts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The server in the pod of a replica: the user's container, and what the tier and the engine need besides. */
final class EngineContainer {

    private static final String PORT_NAME = "http";
    private static final String PROTOCOL = "TCP";

    private EngineContainer() {}

    /** The user's engine container in the user's pod, on one tier. */
    static Container of(Container own, PodSpec pod, DeploymentBlueprint blueprint, DeploymentBlueprint.OnTier tier) {
        int port = blueprint.engine().port();
        EngineFacts facts = blueprint.engine().facts();
        Quantity accelerators = new Quantity(Integer.toString(tier.acceleratorsPerReplica()));
        ContainerBuilder engine = new ContainerBuilder(own)
                .withImage(tier.image().orElse(own.getImage()))
                .addAllToArgs(tier.args())
                .addAllToArgs(splitting(own, tier, facts))
                .addAllToArgs(showing(own, tier, facts))
                .withEnv(env(own.getEnv(), tier.env()))
                .editOrNewResources()
                .addToRequests(tier.acceleratorResource(), accelerators)
                .addToLimits(tier.acceleratorResource(), accelerators)
                .endResources();
        port(pod, port).ifPresent(engine::addToPorts);
        if (own.getReadinessProbe() == null) {
            facts.healthPath().ifPresent(path -> engine.withReadinessProbe(EngineProbes.readiness(port, path)));
        }
        if (own.getStartupProbe() == null) {
            facts.healthPath().ifPresent(path -> engine.withStartupProbe(EngineProbes.startup(port, path)));
        }
        if (own.getLifecycle() == null || own.getLifecycle().getPreStop() == null) {
            engine.editOrNewLifecycle()
                    .withPreStop(FinishRequests.before(blueprint.engine()))
                    .endLifecycle();
        }
        return engine.build();
    }

    /** Splits the model over all accelerators of the replica, unless the user splits it in any way. */
    private static List<String> splitting(Container own, DeploymentBlueprint.OnTier tier, EngineFacts facts) {
        return tier.acceleratorsPerReplica() == 1
                        || EngineArguments.of(own, tier.args()).namesAny(facts.splits())
                ? List.of()
                : facts.splittingFlag().stream()
                        .map(flag -> flag + "=" + tier.acceleratorsPerReplica())
                        .toList();
    }

    /** Makes it show its metrics where it does so only when asked to. */
    private static List<String> showing(Container own, DeploymentBlueprint.OnTier tier, EngineFacts facts) {
        EngineArguments given = EngineArguments.of(own, tier.args());
        return facts.metricsFlag().stream()
                .filter(flag -> !given.namesAny(List.of(flag)))
                .toList();
    }

    /** The tier's variables take the places of those they replace, since later ones may refer to them, or come last. */
    private static List<EnvVar> env(List<EnvVar> own, List<EnvVar> tiers) {
        List<EnvVar> all = new ArrayList<>(own);
        for (EnvVar variable : tiers) {
            int place = 0;
            while (place < all.size() && !isSame(all.get(place), variable)) {
                place++;
            }
            all.removeIf(other -> isSame(other, variable));
            all.add(place, variable);
        }
        return all;
    }

    private static boolean isSame(EnvVar one, EnvVar other) {
        return one.getName() != null && one.getName().equals(other.getName());
    }

    /** The port to declare: none where a container declares it already, and without a name where the name is taken. */
    private static Optional<ContainerPort> port(PodSpec pod, int number) {
        List<ContainerPort> declared = Stream.of(pod.getInitContainers(), pod.getContainers())
                .flatMap(List::stream)
                .flatMap(container -> container.getPorts().stream())
                .toList();
        boolean isDeclared = declared.stream()
                .anyMatch(port -> Integer.valueOf(number).equals(port.getContainerPort())
                        && (port.getProtocol() == null || port.getProtocol().equals(PROTOCOL)));
        boolean isTaken = declared.stream().anyMatch(port -> PORT_NAME.equals(port.getName()));
        return isDeclared
                ? Optional.empty()
                : Optional.of(new ContainerPortBuilder()
                        .withName(isTaken ? null : PORT_NAME)
                        .withContainerPort(number)
                        .withProtocol(PROTOCOL)
                        .build());
    }
}
