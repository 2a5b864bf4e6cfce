package dev.gearshift.kubernetes.mapping;

import dev.gearshift.kubernetes.api.v1alpha1.GearshiftApi;
import dev.gearshift.kubernetes.api.v1alpha1.TierChoice;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must be so in a pod template for a replica to be made from it. Everything else about a pod is the cluster's to judge.
 */
final class TemplateChecks {

    private static final String CONTAINERS = "spec.template.spec.containers";
    private static final Set<String> ACCELERATOR_DOMAINS = new TreeSet<>(List.of(
            "nvidia.com/", "amd.com/", "habana.ai/", "gpu.intel.com/", "aws.amazon.com/neuron", "google.com/tpu"));

    private TemplateChecks() {}

    /** The template, when there is one with an engine. */
    static Optional<PodTemplateSpec> check(
            @Nullable PodTemplateSpec template,
            @Nullable List<TierChoice> tiers,
            Optional<EngineEndpoint> kind,
            TierCatalogue catalogue,
            Problems problems) {
        if (template == null) {
            problems.missing("spec.template", "give a pod template with a container named engine");
            return Optional.empty();
        }
        List<Container> containers =
                template.getSpec() == null || template.getSpec().getContainers() == null
                        ? List.of()
                        : template.getSpec().getContainers();
        Optional<Container> engine = engine(template);
        if (engine.isEmpty()) {
            List<String> names = containers.stream()
                    .filter(container -> container != null && container.getName() != null)
                    .map(Container::getName)
                    .toList();
            problems.refuse(
                    CONTAINERS,
                    names.isEmpty()
                            ? "has no container"
                            : "has no container named engine, only " + String.join(", ", names),
                    "name the container that serves the model: engine");
            return Optional.empty();
        }
        boolean everyTierHasAnImage =
                tiers != null && !tiers.isEmpty() && tiers.stream().allMatch(tier -> tier.image() != null);
        if (engine.get().getImage() == null && !everyTierHasAnImage) {
            problems.missing(
                    CONTAINERS + "[" + containers.indexOf(engine.get()) + "].image",
                    "write the engine's image, such as vllm/vllm-openai:v0.11.0");
        }
        if (kind.isPresent() && kind.get().facts().healthPath().isEmpty()) {
            checkProbes(CONTAINERS + "[" + containers.indexOf(engine.get()) + "].", engine.get(), problems);
        }
        Set<String> accelerators = new TreeSet<>();
        catalogue.usable().forEach(tier -> accelerators.add(tier.accelerator().resource()));
        checkAccelerators(CONTAINERS, containers, accelerators, problems);
        checkAccelerators(
                "spec.template.spec.initContainers",
                template.getSpec().getInitContainers() == null
                        ? List.of()
                        : template.getSpec().getInitContainers(),
                accelerators,
                problems);
        return Optional.of(template);
    }

    /** The container that is the server. */
    static Optional<Container> engine(PodTemplateSpec template) {
        return template.getSpec() == null || template.getSpec().getContainers() == null
                ? Optional.empty()
                : template.getSpec().getContainers().stream()
                        .filter(container ->
                                container != null && GearshiftApi.ENGINE_CONTAINER.equals(container.getName()))
                        .findFirst();
    }

    private static void checkProbes(String path, Container engine, Problems problems) {
        if (engine.getReadinessProbe() == null) {
            problems.missing(
                    path + "readinessProbe",
                    "say how it can be told that the engine may be sent requests: nobody knows of a custom one");
        }
        if (engine.getStartupProbe() == null) {
            problems.missing(
                    path + "startupProbe",
                    "say how it can be told that the engine has started, and give it the time to load its model");
        }
    }

    private static void checkAccelerators(
            String path, List<Container> containers, Set<String> accelerators, Problems problems) {
        for (int i = 0; i < containers.size(); i++) {
            ResourceRequirements resources =
                    containers.get(i) == null ? null : containers.get(i).getResources();
            if (resources != null) {
                String at = path + "[" + i + "].resources";
                checkAccelerators(at + ".limits", resources.getLimits(), accelerators, problems);
                checkAccelerators(at + ".requests", resources.getRequests(), accelerators, problems);
            }
        }
    }

    private static void checkAccelerators(
            String path, @Nullable Map<String, Quantity> amounts, Set<String> accelerators, Problems problems) {
        if (amounts == null) {
            return;
        }
        amounts.forEach((resource, amount) -> {
            if (accelerators.contains(resource) || ACCELERATOR_DOMAINS.stream().anyMatch(resource::startsWith)) {
                problems.refuse(
                        path,
                        "asks for " + resource + ": " + amount,
                        "remove it and say how many in spec.tiers[].acceleratorsPerReplica: what a replica asks for depends on its tier");
            }
        });
    }
}
