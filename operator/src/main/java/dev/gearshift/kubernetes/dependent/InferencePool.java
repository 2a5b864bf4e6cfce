package dev.gearshift.kubernetes.dependent;

import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.RoutingKind;
import dev.gearshift.kubernetes.mapping.AskedRouting;
import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The serving replicas of a model, on all tiers, behind an endpoint picker. */
public final class InferencePool {

    private static final String NUMBER = "number";

    private InferencePool() {}

    /**
     * The pool of a model. When its picker does not answer, gateways choose a replica themselves: worse than a good choice and
     * better than none.
     *
     * @param picker who picks
     */
    public static GenericKubernetesResource desired(
            DeploymentBlueprint blueprint, AskedRouting.Picker picker, OwnerReference owner) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("name", picker.service());
        reference.put("port", Map.of(NUMBER, picker.port()));
        reference.put("failureMode", "FailOpen");
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put(
                "selector",
                Map.of(
                        "matchLabels",
                        Labels.serving(Labels.ofModel(blueprint.key().name()))));
        spec.put("targetPorts", List.of(Map.of(NUMBER, blueprint.engine().port())));
        spec.put("endpointPickerRef", reference);
        GenericKubernetesResource pool = new GenericKubernetesResource();
        pool.setApiVersion(RoutingKind.INFERENCE_POOL.apiVersion());
        pool.setKind(RoutingKind.INFERENCE_POOL.kind());
        pool.setMetadata(OwnedMetadata.ofModel(blueprint.key(), owner));
        pool.setAdditionalProperty("spec", spec);
        return pool;
    }
}
