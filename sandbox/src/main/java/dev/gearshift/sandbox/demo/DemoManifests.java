package dev.gearshift.sandbox.demo;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.mapping.FieldError;
import dev.gearshift.kubernetes.mapping.MappedModel;
import dev.gearshift.kubernetes.mapping.MappedTier;
import dev.gearshift.kubernetes.mapping.ModelMapping;
import dev.gearshift.kubernetes.mapping.TierCatalogue;
import dev.gearshift.kubernetes.mapping.TierMapping;
import dev.gearshift.sandbox.Sandbox;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The manifests of a folder: what a user would apply to a real cluster, as it is written. */
final class DemoManifests {

    /** An object and the file it is from. */
    private record Manifest(Path file, GenericKubernetesResource object) {

        String kind() {
            return object.getKind() == null ? "" : object.getKind();
        }

        String told() {
            return file + ": " + kind() + " " + object.getMetadata().getName();
        }
    }

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    /** Kinds that others need are applied before them. */
    private static final List<String> FIRST = List.of("Namespace", "HardwareTier", "ModelDeployment");

    private final List<Manifest> manifests;

    private DemoManifests(List<Manifest> manifests) {
        this.manifests = manifests;
    }

    /**
     * Reads every {@code .yaml} file of a folder.
     *
     * @throws DemoFailure when there are none, one cannot be read, or they hold no model deployment
     */
    static DemoManifests read(Path folder) {
        List<Manifest> found = new ArrayList<>();
        for (Path file : files(folder)) {
            try {
                for (String document : Files.readString(file).split("(?m)^---\\s*$", -1)) {
                    if (!document.lines().allMatch(line -> line.isBlank() || line.startsWith("#"))) {
                        found.add(manifest(file, document));
                    }
                }
            } catch (IOException e) {
                throw new DemoFailure(file + " cannot be read: " + e.getMessage(), e);
            }
        }
        found.sort(Comparator.comparingInt(manifest -> {
            int place = FIRST.indexOf(manifest.kind());
            return place < 0 ? FIRST.size() : place;
        }));
        DemoManifests manifests = new DemoManifests(List.copyOf(found));
        if (manifests.of("ModelDeployment", ModelDeployment.class).isEmpty()) {
            throw new DemoFailure(folder + " holds no ModelDeployment: name a folder with manifests such as"
                    + " examples/quickstart");
        }
        return manifests;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DemoFailure(folder + " is no folder with manifests", e);
        }
    }

    private static Manifest manifest(Path file, String document) {
        GenericKubernetesResource object = SERIALIZATION.unmarshal(document, GenericKubernetesResource.class);
        if (object == null
                || object.getMetadata() == null
                || object.getMetadata().getName() == null) {
            throw new DemoFailure(file + " holds something without a name: every object needs metadata.name");
        }
        return new Manifest(file, object);
    }

    private <T> List<T> of(String kind, Class<T> type) {
        return manifests.stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .map(manifest -> {
                    if (kind.equals("ModelDeployment")
                            && manifest.object().getMetadata().getNamespace() == null) {
                        manifest.object().getMetadata().setNamespace("default");
                    }
                    return SERIALIZATION.convertValue(manifest.object(), type);
                })
                .toList();
    }

    /** The hardware tiers. */
    List<HardwareTier> tiers() {
        return of("HardwareTier", HardwareTier.class);
    }

    /**
     * The model deployments, as the planner knows them.
     *
     * @throws DemoFailure when one of them is refused, with every reason
     */
    List<ModelSpec> models() {
        TierCatalogue catalogue = TierCatalogue.of(tiers());
        return of("ModelDeployment", ModelDeployment.class).stream()
                .map(resource -> usable(resource, catalogue))
                .toList();
    }

    private ModelSpec usable(ModelDeployment resource, TierCatalogue catalogue) {
        MappedModel mapped = ModelMapping.map(resource, catalogue);
        if (mapped instanceof MappedModel.Usable usable) {
            return usable.spec();
        }
        String problems = Stream.concat(
                        mapped.problems().stream(),
                        tiers().stream()
                                .map(TierMapping::map)
                                .filter(MappedTier.Refused.class::isInstance)
                                .flatMap(tier -> tier.problems().stream()))
                .map(FieldError::text)
                .collect(Collectors.joining("; "));
        throw new DemoFailure("ModelDeployment " + resource.getMetadata().getName() + " is refused: " + problems);
    }

    /**
     * Applies everything to a cluster.
     *
     * @throws DemoFailure when the cluster refuses something, in its words
     */
    void apply(Sandbox sandbox) {
        for (Manifest manifest : manifests) {
            try {
                sandbox.apply(manifest.object());
            } catch (KubernetesClientException e) {
                String words = e.getStatus() == null || e.getStatus().getMessage() == null
                        ? String.valueOf(e.getMessage())
                        : e.getStatus().getMessage();
                throw new DemoFailure(manifest.told() + " is refused: " + words, e);
            }
        }
    }

    /** Names of the model deployments. */
    List<ModelKey> keys() {
        return models().stream().map(ModelSpec::key).toList();
    }
}
