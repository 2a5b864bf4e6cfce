package dev.gearshift.kubernetes.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.kubernetes.mapping.Defaults;
import dev.gearshift.kubernetes.mapping.DurationText;
import dev.gearshift.kubernetes.mapping.Words;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrdsTest {

    private static final Path DIRECTORY = Path.of("..", "crds");
    private static final long LARGEST = 200 * 1024;

    private static final CustomResourceDefinition MODELS = CrdGenerator.modelDeployments();
    private static final CustomResourceDefinition TIERS = CrdGenerator.hardwareTiers();

    static Stream<CustomResourceDefinition> definitions() {
        return Stream.of(MODELS, TIERS);
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void theCommittedFileIsWhatTheCodeSays(CustomResourceDefinition definition) throws IOException {
        Path file = DIRECTORY.resolve(definition.getMetadata().getName() + ".yaml");
        String yaml = CrdGenerator.yaml(definition);
        if (Boolean.getBoolean("gearshift.crds.write")) {
            Files.createDirectories(DIRECTORY);
            Files.writeString(file, yaml);
        }
        assertThat(file)
                .as("run mvn -pl operator test -Dtest=CrdsTest -Dgearshift.crds.write=true and commit %s", file)
                .hasContent(yaml);
        assertThat((long) yaml.getBytes(StandardCharsets.UTF_8).length).isLessThan(LARGEST);
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyFieldIsDescribed(CustomResourceDefinition definition) {
        List<String> undescribed = new ArrayList<>();
        eachProperty(definition, (path, schema) -> {
            if (schema.getDescription() == null || schema.getDescription().isBlank()) {
                undescribed.add(path);
            }
        });
        assertThat(undescribed).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyListSaysHowItIsMergedAndEveryKeyIsRequired(CustomResourceDefinition definition) {
        eachProperty(definition, (path, schema) -> {
            if ("array".equals(schema.getType())) {
                assertThat(schema.getXKubernetesListType()).as(path).isIn("atomic", "map");
                if ("map".equals(schema.getXKubernetesListType())) {
                    JSONSchemaProps items = schema.getItems().getSchema();
                    assertThat(items.getRequired()).as(path).containsAll(schema.getXKubernetesListMapKeys());
                    assertThat(items.getProperties().keySet()).as(path).containsAll(schema.getXKubernetesListMapKeys());
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyIntegerHasAFormatAndEveryDefaultIsAllowed(CustomResourceDefinition definition) {
        eachProperty(definition, (path, schema) -> {
            if ("integer".equals(schema.getType())) {
                assertThat(schema.getFormat()).as(path).isIn("int32", "int64");
            }
            if (schema.getDefault() != null
                    && schema.getEnum() != null
                    && !schema.getEnum().isEmpty()) {
                assertThat(schema.getEnum()).as(path).contains(schema.getDefault());
            }
            if (schema.getDefault() != null && schema.getPattern() != null) {
                assertThat(schema.getDefault().asText()).as(path).matches(schema.getPattern());
            }
        });
    }

    @Test
    void listsThatTwoManagersMayWriteAreMaps() {
        List<String> maps = new ArrayList<>();
        eachProperty(MODELS, (path, schema) -> {
            if ("map".equals(schema.getXKubernetesListType())) {
                maps.add(path + " by " + schema.getXKubernetesListMapKeys().get(0));
            }
        });
        assertThat(maps)
                .containsExactlyInAnyOrder(
                        "spec.template.spec.containers by name",
                        "spec.template.spec.initContainers by name",
                        "spec.tiers by name",
                        "spec.tiers[].env by name",
                        "status.conditions by type",
                        "status.latency by objective",
                        "status.tiers by name");
    }

    @Test
    void theColumnsTellHowAModelDoesInThisOrder() {
        List<CustomResourceColumnDefinition> columns = version(MODELS).getAdditionalPrinterColumns();
        assertThat(columns)
                .extracting(CustomResourceColumnDefinition::getName)
                .containsExactly("GEAR", "READY", "TTFT", "TPOT", "$/H", "$/1M", "LATENCY", "COST", "AGE", "REASON");
        assertThat(columns.get(9).getPriority()).isEqualTo(1);
    }

    @Test
    void aModelCanBeScaledByItsScaleSubresource() {
        var scale = version(MODELS).getSubresources().getScale();
        assertThat(scale.getSpecReplicasPath()).isEqualTo(".spec.scaling.replicas");
        assertThat(scale.getStatusReplicasPath()).isEqualTo(".status.replicas");
        assertThat(scale.getLabelSelectorPath()).isEqualTo(".status.selector");
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void statusIsASubresource(CustomResourceDefinition definition) {
        assertThat(version(definition).getSubresources().getStatus()).isNotNull();
    }

    @Test
    void theSchemaFillsInWhatTheMappingWould() {
        Map<String, String> defaults = new TreeMap<>();
        for (CustomResourceDefinition definition : List.of(MODELS, TIERS)) {
            eachProperty(definition, (path, schema) -> {
                if (schema.getDefault() != null && !schema.getDefault().isObject()) {
                    defaults.put(path, schema.getDefault().asText());
                }
            });
        }
        assertThat(defaults)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("spec.drain.gracePeriod", DurationText.of(Defaults.DRAIN_GRACE)),
                        Map.entry("spec.engine.latencyFrom", Words.LATENCY_SOURCES.of(Defaults.LATENCY_FROM)),
                        Map.entry("spec.engine.type", Words.ENGINES.of(Defaults.ENGINE)),
                        Map.entry("spec.routing.service.port", "" + Defaults.SERVICE_PORT),
                        Map.entry("spec.scaling.maxReplicas", "" + Defaults.MAX_REPLICAS),
                        Map.entry("spec.scaling.minReplicas", "" + Defaults.MIN_REPLICAS),
                        Map.entry("spec.scaling.mode", Words.MODES.of(Defaults.MODE)),
                        Map.entry(
                                "spec.scaling.scaleDownStabilization",
                                DurationText.of(Defaults.SCALE_DOWN_STABILIZATION)),
                        Map.entry("spec.slo.latency.endToEnd.percentile", "" + Defaults.PERCENTILE),
                        Map.entry("spec.slo.latency.window", DurationText.of(Defaults.BUDGET_WINDOW)),
                        Map.entry("spec.slo.latency.timePerOutputToken.percentile", "" + Defaults.PERCENTILE),
                        Map.entry("spec.slo.latency.timeToFirstToken.percentile", "" + Defaults.PERCENTILE),
                        Map.entry("spec.slo.precedence", Words.PRECEDENCES.of(Defaults.PRECEDENCE)),
                        Map.entry("spec.tiers[].acceleratorsPerReplica", "" + Defaults.ACCELERATORS_PER_REPLICA),
                        Map.entry("spec.accelerator.resource", Defaults.ACCELERATOR_RESOURCE),
                        Map.entry("spec.acceleratorsPerNode", "" + Defaults.ACCELERATORS_PER_NODE),
                        Map.entry("spec.capacityType", Words.CAPACITY_TYPES.of(Defaults.CAPACITY_TYPE))));
    }

    @Test
    void theRulesRefuseTheLatenciesThatEnginesDoNotMeasure() {
        Map<String, List<String>> refused = new TreeMap<>();
        Map<String, List<String>> unmeasured = new TreeMap<>();
        for (LatencyObjective objective : LatencyObjective.values()) {
            String word = Words.OBJECTIVES.of(objective);
            String field = word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
            unmeasured.put(
                    field,
                    Arrays.stream(ServingEngine.values())
                            .filter(engine -> engine != ServingEngine.CUSTOM)
                            .filter(engine -> !engine.measures().contains(objective))
                            .map(engine -> "'" + Words.ENGINES.of(engine) + "'")
                            .toList());
        }
        JSONSchemaProps spec = SchemaFinish.property(version(MODELS).getSchema().getOpenAPIV3Schema(), "spec");
        Pattern rule = Pattern.compile(".*has\\(self\\.slo\\.latency\\.(\\w+)\\).* in \\[(.*)]\\)\\)");
        spec.getXKubernetesValidations().forEach(validation -> {
            Matcher found = rule.matcher(validation.getRule());
            assertThat(found.matches()).as(validation.getRule()).isTrue();
            refused.put(found.group(1), List.of(found.group(2).split(", ", -1)));
        });
        assertThat(refused).isEqualTo(unmeasured);
    }

    private static CustomResourceDefinitionVersion version(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().get(0);
    }

    private static void eachProperty(CustomResourceDefinition definition, BiConsumer<String, JSONSchemaProps> visitor) {
        JSONSchemaProps root = version(definition).getSchema().getOpenAPIV3Schema();
        root.getProperties().forEach((name, schema) -> visit(name, schema, visitor));
    }

    private static void visit(String path, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visitor) {
        visitor.accept(path, schema);
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> visit(path + "." + name, property, visitor));
        }
        if (schema.getItems() != null && schema.getItems().getSchema().getProperties() != null) {
            schema.getItems()
                    .getSchema()
                    .getProperties()
                    .forEach((name, property) -> visit(path + "[]." + name, property, visitor));
        }
    }
}
