package dev.gearshift.kubernetes.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** Valid declarations to start from, read as the client reads them. */
final class Declarations {

    static final KubernetesSerialization WIRE = new KubernetesSerialization();

    static final String MODEL = """
            apiVersion: gearshift.dev/v1alpha1
            kind: ModelDeployment
            metadata: {name: chat, namespace: assistants, generation: 7}
            spec:
              model: {name: meta-llama/Llama-3.1-8B-Instruct, precision: FP8}
              engine: {type: VLLM, port: 8001, metricsPath: /m}
              template:
                metadata: {labels: {team: a}}
                spec:
                  containers:
                  - name: engine
                    image: vllm/vllm-openai:v0.11.0
                    args: [--max-num-seqs, "64"]
                    resources: {requests: {cpu: 4}}
              tiers:
              - {name: l4-spot}
              - name: l4
                args: [--max-num-batched-tokens=4096]
                env: [{name: A, value: b}]
                performance:
                  stepBaseMillis: 40
                  stepPerSequenceMillis: 0.2
                  stepPer1kResidentTokensMillis: 0.5
                  stepPerPrefillTokenMillis: 0.13
              slo:
                latency:
                  timeToFirstToken: {target: 1s, percentile: 99.5}
                  timePerOutputToken: {target: 100ms}
                  window: 168h
                cost: {maxPerHour: "12.50"}
                precedence: Cost
              scaling: {mode: Recommend, minReplicas: 2, maxReplicas: 9, scaleDownStabilization: 5m}
              placement: {regions: [us-central1]}
              routing: {service: {port: 8080}}
              drain: {gracePeriod: 1m30s}
            status:
              observedGeneration: 6
              gear: l4×3
              tiers: [{name: l4, desired: 3}]
              conditions: [{type: Ready, status: "True", reason: Ready, message: "", lastTransitionTime: "2026-01-01T00:00:00Z"}]
            """;

    static final String TIER = """
            apiVersion: gearshift.dev/v1alpha1
            kind: HardwareTier
            metadata: {name: l4}
            spec:
              accelerator: {resource: nvidia.com/gpu, product: NVIDIA-L4, memoryGiB: 22.5}
              acceleratorsPerNode: 1
              nodeSelector: {cloud.google.com/gke-accelerator: nvidia-l4}
              tolerations: [{key: nvidia.com/gpu, operator: Exists}]
              capacityType: OnDemand
              price: {perAcceleratorHour: "0.80", source: a list}
              limit: 16
              region: us-central1
              datasheet: {memoryBandwidthGBps: 300, denseTflops: 121}
            """;

    private Declarations() {}

    static ObjectNode json(String yaml) {
        return WIRE.unmarshal(yaml, ObjectNode.class);
    }

    /** The valid model with the value at a JSON pointer replaced by YAML, or removed where that is empty. */
    static ModelDeployment model(String pointer, String yaml) {
        return WIRE.convertValue(with(MODEL, pointer, yaml), ModelDeployment.class);
    }

    static ModelDeployment model() {
        return WIRE.unmarshal(MODEL, ModelDeployment.class);
    }

    /** The valid tier with the value at a JSON pointer replaced by YAML, or removed where that is empty. */
    static HardwareTier tier(String pointer, String yaml) {
        return WIRE.convertValue(with(TIER, pointer, yaml), HardwareTier.class);
    }

    /** A tier by name, else as the valid one. */
    static HardwareTier tierNamed(String name) {
        return tier("/metadata/name", name);
    }

    static TierCatalogue catalogue() {
        HardwareTier elsewhere = tierNamed("l4-eu");
        elsewhere = WIRE.convertValue(with(WIRE.asYaml(elsewhere), "/spec/region", "europe-west4"), HardwareTier.class);
        HardwareTier nowhere =
                WIRE.convertValue(with(WIRE.asYaml(tierNamed("l4-nowhere")), "/spec/region", ""), HardwareTier.class);
        HardwareTier broken = WIRE.convertValue(
                with(WIRE.asYaml(tierNamed("broken")), "/spec/price", "{perAcceleratorHour: '-1'}"),
                HardwareTier.class);
        return TierCatalogue.of(List.of(tierNamed("l4"), tierNamed("l4-spot"), elsewhere, nowhere, broken));
    }

    static ObjectNode with(String valid, String pointer, String yaml) {
        ObjectNode root = json(valid);
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode parent = root.at(at.head());
        String last = at.last().getMatchingProperty();
        if (parent instanceof ObjectNode object && yaml.isEmpty()) {
            object.remove(last);
        } else if (parent instanceof ObjectNode object) {
            object.set(last, WIRE.unmarshal("v: " + yaml, ObjectNode.class).get("v"));
        } else {
            throw new IllegalArgumentException(pointer + " is in no object");
        }
        return root;
    }
}
