package dev.gearshift.kubernetes.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import dev.gearshift.kubernetes.mapping.MappedModel;
import dev.gearshift.kubernetes.mapping.ModelMapping;
import dev.gearshift.kubernetes.mapping.TierCatalogue;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.OptionalInt;

/** What a model named chat is made from on its only tier, l4 in us-central1, for a template and the tier's own choices. */
final class Blueprints {

    static final KubernetesSerialization WIRE = new KubernetesSerialization();
    static final TierName L4 = new TierName("l4");

    private static final String TIER = """
            metadata: {name: l4}
            spec:
              accelerator: {product: NVIDIA-L4}
              acceleratorsPerNode: 8
              nodeSelector: {accelerator: l4}
              price: {perAcceleratorHour: "0.80"}
              region: us-central1
            """;

    private static final String MODEL = """
            metadata: {name: chat, namespace: assistants, uid: u}
            spec:
              model: {name: meta-llama/Llama-3.1-8B-Instruct, precision: FP8}
            """;

    private Blueprints() {}

    /** From a pod's spec, and a choice of the tier without its name, both as YAML. */
    static DeploymentBlueprint of(String podSpec, String choice) {
        return of(podSpec, choice, "{}");
    }

    /** The same for an engine, as YAML. */
    static DeploymentBlueprint of(String podSpec, String choice, String engine) {
        ObjectNode model = WIRE.unmarshal(MODEL, ObjectNode.class);
        ObjectNode spec = (ObjectNode) model.get("spec");
        spec.set("engine", yaml(engine));
        spec.putObject("template").set("spec", yaml(podSpec));
        spec.putArray("tiers").add(((ObjectNode) yaml(choice)).put("name", "l4"));
        MappedModel mapped = ModelMapping.map(
                WIRE.convertValue(model, ModelDeployment.class),
                TierCatalogue.of(List.of(WIRE.unmarshal(TIER, HardwareTier.class))));
        assertThat(mapped).as("%s", mapped.problems()).isInstanceOf(MappedModel.Usable.class);
        return ((MappedModel.Usable) mapped).blueprint();
    }

    /** The template of the pods of a pod's spec. */
    static PodTemplateSpec template(String podSpec) {
        return template(of(podSpec, "{}"));
    }

    /** The template of the pods of a blueprint. */
    static PodTemplateSpec template(DeploymentBlueprint blueprint) {
        return TierDeployment.desired(blueprint, L4, OptionalInt.of(1), owner())
                .getSpec()
                .getTemplate();
    }

    /** The engine in the pods of an engine's container, as YAML without its name and image, for a choice of the tier. */
    static Container engine(String container, String choice) {
        return engine(container, choice, "{}");
    }

    /** The same for a kind of engine, as YAML. */
    static Container engine(String container, String choice, String kind) {
        ObjectNode engine = ((ObjectNode) yaml(container)).put("name", "engine").put("image", "i");
        return template(of("{containers: [" + engine + "]}", choice, kind))
                .getSpec()
                .getContainers()
                .get(0);
    }

    static OwnerReference owner() {
        return Owner.of(WIRE.unmarshal(MODEL, ModelDeployment.class));
    }

    private static JsonNode yaml(String text) {
        return WIRE.unmarshal("v: " + text, ObjectNode.class).get("v");
    }
}
