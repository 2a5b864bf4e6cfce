package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.Decision;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.mapping.MappedModel;
import dev.gearshift.kubernetes.mapping.ModelMapping;
import dev.gearshift.kubernetes.mapping.TierCatalogue;
import dev.gearshift.kubernetes.status.ModelStatus.Facts;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;

/** Declarations, read and mapped as the operator does it. */
final class Declared {

    static final KubernetesSerialization WIRE = new KubernetesSerialization();

    private static final String TIER = """
            apiVersion: gearshift.dev/v1alpha1
            kind: HardwareTier
            metadata: {name: l4, generation: 2}
            spec: {accelerator: {product: NVIDIA-L4}, price: {perAcceleratorHour: "0.80"}}
            """;

    private static final String MODEL = """
            apiVersion: gearshift.dev/v1alpha1
            kind: ModelDeployment
            metadata: {name: chat, namespace: assistants, generation: 7, uid: 7c0ffee}
            spec:
              model: {name: meta-llama/Llama-3.1-8B-Instruct, precision: FP8}
              template: {spec: {containers: [{name: engine, image: "vllm/vllm-openai:v0.11.0"}]}}
            """;

    private Declared() {}

    /** A valid model but for what is given of its {@code spec}, such as {@code tiers: [{name: l4}]}. */
    static ModelDeployment model(String... spec) {
        return WIRE.unmarshal(MODEL + "  " + String.join("\n  ", spec) + "\n", ModelDeployment.class);
    }

    static ModelDeployment model() {
        return model("tiers: [{name: l4}]");
    }

    static HardwareTier tier() {
        return WIRE.unmarshal(TIER, HardwareTier.class);
    }

    static HardwareTier tierWithout(String words) {
        return WIRE.unmarshal(TIER.replace(words, ""), HardwareTier.class);
    }

    static MappedModel mapped(ModelDeployment model) {
        return ModelMapping.map(model, TierCatalogue.of(List.of(tier())));
    }

    static Facts facts(ModelDeployment model, Optional<Decision> decision) {
        return new Facts(model, mapped(model), decision, Optional.empty(), 3, Optional.empty());
    }

    static Facts facts(Decision decision) {
        return facts(model(), Optional.of(decision));
    }

    /** What the cluster refused while a decision was carried out. */
    static Facts refused(Decision decision, Refusal refusal) {
        return new Facts(model(), mapped(model()), Optional.of(decision), Optional.of(refusal), 3, Optional.empty());
    }
}
