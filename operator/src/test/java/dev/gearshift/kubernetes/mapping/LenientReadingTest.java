package dev.gearshift.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LenientReadingTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MUTATIONS = 2_000;
    private static final TierCatalogue CATALOGUE = Declarations.catalogue();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /spec/scaling/minReplicas | three
            /spec/scaling/minReplicas | 99999999999999999999
            /spec/scaling/minReplicas | 1e400
            /spec/scaling | [1]
            /spec/tiers | {}
            /spec/tiers | [null, 1, [], {name: null}, {name: [l4]}]
            /spec/slo | []
            /spec/slo/latency/timeToFirstToken | fast
            /spec/slo/latency/timeToFirstToken/percentile | abc
            /spec/engine/type | {a: b}
            /spec/unheardOf | {a: [b]}
            /spec/template | null
            /spec/template | "x"
            /spec/template/spec | [1]
            /spec/template/spec/containers | [null]
            /spec/template/spec/containers | [{name: engine, args: [null, {a: 1}], resources: {limits: {cpu: []}}}]
            /spec/template/spec/volumes | 3
            /spec/model | null
            /spec | null
            /spec | []
            /spec | text
            /status | []
            /status | {observedGeneration: x, tiers: {}, conditions: [{status: []}, 3, null], cost: 7}
            """)
    void nothingInAStoredObjectKeepsItFromBeingRead(String pointer, String yaml) {
        ModelDeployment model = Declarations.model(pointer, yaml);
        assertThat(model.getMetadata().getName()).isEqualTo("chat");
        assertThat(ModelMapping.map(model, CATALOGUE)).isNotNull();
    }

    @Test
    void aBadPartDoesNotHideTheGoodOnes() {
        ModelDeployment model = Declarations.model("/spec/scaling", "{minReplicas: three, maxReplicas: 4}");
        assertThat(model.getSpec().scaling()).isNotNull().satisfies(scaling -> {
            assertThat(scaling.minReplicas()).isNull();
            assertThat(scaling.maxReplicas()).isEqualTo(4);
        });
        assertThat(model.getSpec().tiers()).hasSize(2);
    }

    @Test
    void copyingAnObjectLosesNothingOfWhatItsUserWrote() {
        ObjectNode stored = Declarations.with(
                Declarations.MODEL, "/spec/scaling", "{minReplicas: three, unheardOf: {a: [1]}, maxReplicas: null}");
        ModelDeployment model = Declarations.WIRE.convertValue(stored, ModelDeployment.class);
        ModelDeployment copy = Declarations.WIRE.clone(model);
        assertThat(Declarations.json(Declarations.WIRE.asYaml(copy)).get("spec"))
                .isEqualTo(stored.get("spec"));
        assertThat(copy.getSpec()).isEqualTo(model.getSpec());
        assertThat(ModelMapping.map(copy, CATALOGUE).problems())
                .isEqualTo(ModelMapping.map(model, CATALOGUE).problems());
    }

    @Test
    void noMutationOfAModelThrows() {
        int refused = 0;
        Random random = new Random(20261124);
        ObjectNode model = Declarations.json(Declarations.MODEL);
        for (int i = 0; i < MUTATIONS; i++) {
            ObjectNode mutant = model.deepCopy();
            mutate(mutant, random);
            ModelDeployment read = Declarations.WIRE.convertValue(mutant, ModelDeployment.class);
            if (ModelMapping.map(read, CATALOGUE) instanceof MappedModel.Refused) {
                refused++;
            }
        }
        assertThat(refused).as("mutations that mattered").isBetween(MUTATIONS / 10, MUTATIONS * 9 / 10);
    }

    @Test
    void noMutationOfATierThrows() {
        int refused = 0;
        Random random = new Random(20261125);
        ObjectNode tier = Declarations.json(Declarations.TIER);
        for (int i = 0; i < MUTATIONS; i++) {
            ObjectNode mutant = tier.deepCopy();
            mutate(mutant, random);
            HardwareTier read = Declarations.WIRE.convertValue(mutant, HardwareTier.class);
            if (TierMapping.map(read) instanceof MappedTier.Refused) {
                refused++;
            }
        }
        assertThat(refused).as("mutations that mattered").isBetween(MUTATIONS / 10, MUTATIONS * 9 / 10);
    }

    /** Replaces, removes or adds something at one to three places below spec and status. */
    private static void mutate(ObjectNode root, Random random) {
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            List<JsonNode> parents = new ArrayList<>();
            collect(root.path("spec"), parents);
            collect(root.path("status"), parents);
            if (parents.isEmpty() || random.nextInt(200) == 0) {
                root.set("spec", any(random, 0));
                continue;
            }
            JsonNode parent = parents.get(random.nextInt(parents.size()));
            if (parent instanceof ObjectNode object) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = names.isEmpty() ? "added" : names.get(random.nextInt(names.size()));
                switch (random.nextInt(6)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.set("added" + random.nextInt(3), any(random, 0));
                    default -> object.set(name, any(random, 0));
                }
            } else if (parent instanceof ArrayNode array) {
                if (array.isEmpty() || random.nextBoolean()) {
                    array.add(any(random, 0));
                } else {
                    array.set(random.nextInt(array.size()), any(random, 0));
                }
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> parents) {
        if (node.isContainerNode()) {
            parents.add(node);
            node.forEach(child -> collect(child, parents));
        }
    }

    private static JsonNode any(Random random, int depth) {
        return switch (random.nextInt(depth > 2 ? 10 : 13)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt(5) - 1);
            case 3 -> JSON.numberNode(random.nextLong());
            case 4 -> JSON.numberNode(random.nextGaussian() * 1e9);
            case 5 -> JSON.numberNode(Double.MAX_VALUE);
            case 6 -> JSON.textNode("");
            case 7 -> JSON.textNode("l4");
            case 8 -> JSON.textNode("10m");
            case 9 -> JSON.textNode("ü".repeat(random.nextInt(400)));
            case 10 -> JSON.arrayNode();
            case 11 -> JSON.arrayNode().add(any(random, depth + 1)).add(any(random, depth + 1));
            default -> JSON.objectNode().set("name", any(random, depth + 1));
        };
    }
}
