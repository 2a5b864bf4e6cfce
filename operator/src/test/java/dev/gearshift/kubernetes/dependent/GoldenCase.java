package dev.gearshift.kubernetes.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gearshift.core.model.Front;
import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import dev.gearshift.kubernetes.mapping.MappedModel;
import dev.gearshift.kubernetes.mapping.ModelMapping;
import dev.gearshift.kubernetes.mapping.TierCatalogue;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A golden directory: one ModelDeployment and its HardwareTiers in {@code in-*.yaml}, or the {@code examples} directory that
 * {@code in-gear.yaml} names, and in {@code in-gear.yaml} the replicas of each tier (null: another manager owns them), the tier
 * at the front (absent: all), and the weights of a route.
 */
final class GoldenCase {

    static final KubernetesSerialization WIRE = new KubernetesSerialization();

    private static final String GEAR = "in-gear.yaml";

    private final SortedSet<String> used = new TreeSet<>();
    private final SortedMap<TierName, OptionalInt> replicas = new TreeMap<>();
    private final SortedMap<TierName, Integer> weights = new TreeMap<>();
    private final Front front;
    private final DeploymentBlueprint blueprint;
    private final OwnerReference owner;

    private GoldenCase(Path directory) throws IOException {
        JsonNode gear = WIRE.unmarshal(Files.readString(directory.resolve(GEAR)), JsonNode.class);
        gear.get("replicas")
                .properties()
                .forEach(tier -> replicas.put(
                        new TierName(tier.getKey()),
                        tier.getValue().isNull()
                                ? OptionalInt.empty()
                                : OptionalInt.of(tier.getValue().intValue())));
        gear.path("weights")
                .properties()
                .forEach(tier ->
                        weights.put(new TierName(tier.getKey()), tier.getValue().intValue()));
        front = gear.has("front")
                ? new Front.OneTier(new TierName(gear.get("front").textValue()))
                : new Front.AllTiers();
        used.add(GEAR);
        List<HardwareTier> tiers = new ArrayList<>();
        List<ModelDeployment> models = new ArrayList<>();
        if (gear.has("examples")) {
            read(Path.of("..", "examples", gear.get("examples").textValue()), "", tiers, models);
        } else {
            used.addAll(read(directory, "in-", tiers, models));
        }
        assertThat(models).as("models of %s", directory).hasSize(1);
        ModelDeployment model = models.get(0);
        model.getMetadata().setUid("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
        MappedModel mapped = ModelMapping.map(model, TierCatalogue.of(tiers));
        assertThat(mapped.problems()).as("problems of %s", directory).isEmpty();
        blueprint = ((MappedModel.Usable) mapped).blueprint();
        owner = Owner.of(model);
        assertThat(replicas.keySet())
                .as("tiers of the model, of the gear and of the directory %s", directory)
                .isEqualTo(blueprint.tiers().keySet())
                .hasSameSizeAs(tiers);
    }

    static GoldenCase in(Path directory) throws IOException {
        return new GoldenCase(directory);
    }

    DeploymentBlueprint blueprint() {
        return blueprint;
    }

    OwnerReference owner() {
        return owner;
    }

    /** The names of the files it was read from. */
    SortedSet<String> used() {
        return used;
    }

    /** Every object the model owns, as YAML, by the file it is expected in. */
    SortedMap<String, String> objects() {
        List<Map.Entry<String, HasMetadata>> objects = new ArrayList<>();
        replicas.forEach((tier, count) -> {
            objects.add(Map.entry(tier.value(), TierDeployment.desired(blueprint, tier, count, owner)));
            objects.add(Map.entry(tier.value(), TierService.desired(blueprint, tier, owner)));
        });
        objects.add(Map.entry("front", FrontService.desired(blueprint, front, owner)));
        objects.add(Map.entry("all", DisruptionBudget.desired(blueprint, owner)));
        blueprint
                .routing()
                .inferencePool()
                .ifPresent(picker -> objects.add(Map.entry("all", InferencePool.desired(blueprint, picker, owner))));
        blueprint
                .routing()
                .httpRoute()
                .ifPresent(route -> objects.add(Map.entry(
                        "all",
                        blueprint.routing().inferencePool().isPresent()
                                ? HttpRoute.toPool(blueprint, route, owner)
                                : HttpRoute.weighted(blueprint, route, weights, owner))));
        SortedMap<String, String> files = new TreeMap<>();
        for (Map.Entry<String, HasMetadata> object : objects) {
            String kind = object.getValue().getKind().toLowerCase(Locale.ROOT);
            files.put("out-" + kind + "-" + object.getKey() + ".yaml", WIRE.asYaml(object.getValue()));
        }
        return files;
    }

    /** Reads every declaration in files whose names begin so, and tells which files had any. */
    private static SortedSet<String> read(
            Path directory, String prefix, List<HardwareTier> tiers, List<ModelDeployment> models) throws IOException {
        SortedSet<String> read = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(prefix) && read(Files.readString(file), tiers, models)) {
                    read.add(name);
                }
            }
        }
        return read;
    }

    private static boolean read(String documents, List<HardwareTier> tiers, List<ModelDeployment> models) {
        int before = tiers.size() + models.size();
        for (String text : documents.split("(?m)^---$", -1)) {
            JsonNode document = WIRE.unmarshal(text, JsonNode.class);
            String kind = document.path("kind").asText();
            if (kind.equals("HardwareTier")) {
                tiers.add(WIRE.convertValue(document, HardwareTier.class));
            } else if (kind.equals("ModelDeployment")) {
                models.add(WIRE.convertValue(document, ModelDeployment.class));
            }
        }
        return tiers.size() + models.size() > before;
    }
}
