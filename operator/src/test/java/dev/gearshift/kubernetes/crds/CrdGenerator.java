package dev.gearshift.kubernetes.crds;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTierSpec;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTierStatus;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentSpec;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus;
import dev.gearshift.kubernetes.api.v1alpha1.WrittenFieldByField;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes a custom resource's definition from its annotated types. */
final class CrdGenerator {

    private static final String HEADER = """
            # Generated from the types in dev.gearshift.kubernetes.api; do not edit. To write it anew:
            # mvn -pl operator test -Dtest=CrdsTest -Dgearshift.crds.write=true
            """;

    private static final KubernetesSerialization YAML = new KubernetesSerialization(new ObjectMapper(), false);

    private CrdGenerator() {}

    static CustomResourceDefinition modelDeployments() {
        return generate(ModelDeployment.class, ModelDeploymentSpec.class, ModelDeploymentStatus.class);
    }

    static CustomResourceDefinition hardwareTiers() {
        return generate(HardwareTier.class, HardwareTierSpec.class, HardwareTierStatus.class);
    }

    static String yaml(CustomResourceDefinition definition) {
        return HEADER + YAML.asYaml(definition).replaceFirst("^---\n", "");
    }

    private static CustomResourceDefinition generate(
            Class<? extends CustomResource<?, ?>> resource,
            Class<? extends Record> spec,
            Class<? extends Record> status) {
        ObjectMapper mapper = new ObjectMapper();
        mapper.addMixIn(spec, WrittenFieldByField.class);
        List<CustomResourceDefinition> made = new ArrayList<>();
        new CRDGenerator()
                .withObjectMapper(mapper, new KubernetesSerialization(mapper, false))
                .withOutput(new NoOutput())
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        made.add((CustomResourceDefinition) crd);
                        return crd;
                    }
                })
                .customResourceClasses(List.of(resource))
                .generate();
        CustomResourceDefinition definition = made.get(0);
        CustomResourceDefinitionVersion version =
                definition.getSpec().getVersions().get(0);
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        describe(root, "spec", "What is declared.");
        describe(root, "status", "What is so; written by Gearshift.");
        root.setRequired(List.of("spec"));
        SchemaFinish.finish(SchemaFinish.property(root, "spec"), spec);
        SchemaFinish.finish(SchemaFinish.property(root, "status"), status);
        version.setAdditionalPrinterColumns(Arrays.stream(resource.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(CrdGenerator::column)
                .toList());
        return definition;
    }

    private static void describe(JSONSchemaProps root, String property, String description) {
        SchemaFinish.property(root, property).setDescription(description);
    }

    private static CustomResourceColumnDefinition column(AdditionalPrinterColumn column) {
        return new CustomResourceColumnDefinitionBuilder()
                .withName(column.name())
                .withJsonPath(column.jsonPath())
                .withType(column.type().getValue())
                .withPriority(column.priority() == 0 ? null : column.priority())
                .build();
    }

    /** The definition is taken before it is written. */
    private static final class NoOutput implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {

        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return new ByteArrayOutputStream();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
