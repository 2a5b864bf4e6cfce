package dev.gearshift.kubernetes.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.mapping.MappedModel;
import dev.gearshift.kubernetes.mapping.MappedTier;
import dev.gearshift.kubernetes.mapping.ModelMapping;
import dev.gearshift.kubernetes.mapping.TierCatalogue;
import dev.gearshift.kubernetes.mapping.TierMapping;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {

    private static final KubernetesSerialization WIRE = new KubernetesSerialization();
    private static final CustomResourceDefinition MODELS = CrdGenerator.modelDeployments();
    private static final CustomResourceDefinition TIERS = CrdGenerator.hardwareTiers();

    static Stream<Path> directories() throws IOException {
        try (Stream<Path> found = Files.list(Path.of("..", "examples"))) {
            return found.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("directories")
    void everyExampleFitsItsSchemaAndMapsWithoutAnyProblem(Path directory) throws IOException {
        List<HardwareTier> tiers = new ArrayList<>();
        List<ModelDeployment> models = new ArrayList<>();
        for (JsonNode document : documents(directory)) {
            if (document.path("kind").asText().equals("HardwareTier")) {
                assertThat(SchemaCheck.problems(document, TIERS))
                        .as("%s", directory)
                        .isEmpty();
                tiers.add(WIRE.convertValue(document, HardwareTier.class));
            } else if (document.path("kind").asText().equals("ModelDeployment")) {
                assertThat(SchemaCheck.problems(document, MODELS))
                        .as("%s", directory)
                        .isEmpty();
                models.add(WIRE.convertValue(document, ModelDeployment.class));
            }
        }
        assertThat(tiers).isNotEmpty().allSatisfy(tier -> {
            MappedTier mapped = TierMapping.map(tier);
            assertThat(mapped.problems()).isEmpty();
            assertThat(mapped).isInstanceOf(MappedTier.Usable.class);
        });
        assertThat(models).isNotEmpty().allSatisfy(model -> {
            MappedModel mapped = ModelMapping.map(model, TierCatalogue.of(tiers));
            assertThat(mapped.problems()).isEmpty();
            assertThat(mapped).isInstanceOf(MappedModel.Usable.class);
        });
    }

    @Test
    void theSchemaCheckItselfFindsWhatIsWrong() {
        JsonNode tier = WIRE.unmarshal("""
                metadata: {name: x}
                spec:
                  accelerator: {product: 3}
                  price: {perAcceleratorHour: "-1"}
                  capacityType: Free
                  limit: -1
                  speed: fast
                """, JsonNode.class);
        assertThat(SchemaCheck.problems(tier, TIERS))
                .containsExactlyInAnyOrder(
                        "spec.accelerator.product is no string",
                        "spec.price.perAcceleratorHour does not match",
                        "spec.capacityType is not in the enum",
                        "spec.limit is too small",
                        "spec.speed is not in the schema");
    }

    private static List<JsonNode> documents(Path directory) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                for (String document : Files.readString(file).split("(?m)^---$", -1)) {
                    documents.add(WIRE.unmarshal(document, JsonNode.class));
                }
            }
        }
        return documents;
    }
}
