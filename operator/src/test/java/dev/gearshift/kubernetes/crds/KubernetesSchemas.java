package dev.gearshift.kubernetes.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/**
 * Schemas of Kubernetes' own types where they are part of ours. A pod template keeps what is not described here: its whole
 * schema would be ten times ours, and a cluster knows fields this version does not.
 */
final class KubernetesSchemas {

    private KubernetesSchemas() {}

    static JSONSchemaProps podTemplate() {
        JSONSchemaProps template = schema("""
            type: object
            required: [spec]
            properties:
              metadata:
                description: Labels and annotations of the pods. Labels under gearshift.dev/ are set by Gearshift.
                type: object
                x-kubernetes-preserve-unknown-fields: true
              spec:
                description: The pod, as in a Deployment.
                type: object
                required: [containers]
                x-kubernetes-preserve-unknown-fields: true
                properties: {}
            """);
        Map<String, JSONSchemaProps> pod =
                SchemaFinish.property(template, "spec").getProperties();
        pod.put("containers", containers("The containers; the one named 'engine' is the server."));
        pod.put(
                "initContainers",
                containers("Containers that run before the others, such as one that fetches weights."));
        template.setXKubernetesValidations(List.of(
                rule(
                        "self.spec.containers.exists(c, c.name == 'engine')",
                        "no container is named 'engine': name the container that serves the model so",
                        "FieldValueInvalid",
                        ".spec.containers"),
                rule(
                        noneAsksForAccelerators("self.spec.containers"),
                        "a container asks for accelerators: remove them and say how many in"
                                + " tiers[].acceleratorsPerReplica",
                        "FieldValueForbidden",
                        ".spec.containers"),
                rule(
                        "!has(self.spec.initContainers) || " + noneAsksForAccelerators("self.spec.initContainers"),
                        "an init container asks for accelerators: remove them, only the engine gets any",
                        "FieldValueForbidden",
                        ".spec.initContainers")));
        return template;
    }

    private static JSONSchemaProps containers(String description) {
        JSONSchemaProps containers = schema("""
            type: array
            maxItems: 16
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            items:
              type: object
              required: [name]
              x-kubernetes-preserve-unknown-fields: true
              properties:
                name:
                  description: The container's name.
                  type: string
                  maxLength: 63
                resources:
                  description: CPU and memory the container asks for; accelerators are added from the tier.
                  type: object
                  x-kubernetes-preserve-unknown-fields: true
                  properties:
                    limits:
                      description: The most it may take.
                      type: object
                      maxProperties: 16
                      additionalProperties:
                        anyOf: [{type: integer}, {type: string}]
                        x-kubernetes-int-or-string: true
                    requests:
                      description: What it is sure to get.
                      type: object
                      maxProperties: 16
                      additionalProperties:
                        anyOf: [{type: integer}, {type: string}]
                        x-kubernetes-int-or-string: true
            """);
        containers.setDescription(description);
        return containers;
    }

    private static ValidationRule rule(String rule, String message, String reason, String fieldPath) {
        return new ValidationRuleBuilder()
                .withRule(rule)
                .withMessage(message)
                .withReason(reason)
                .withFieldPath(fieldPath)
                .build();
    }

    private static String noneAsksForAccelerators(String containers) {
        return containers + ".all(c, !has(c.resources) || (" + freeOf("limits") + " && " + freeOf("requests") + "))";
    }

    private static String freeOf(String kind) {
        String all = "c.resources." + kind;
        return "(!has(" + all + ") || !" + all + ".exists(r, r.startsWith('nvidia.com/') || r.startsWith('amd.com/')"
                + " || r.startsWith('habana.ai/') || r.startsWith('gpu.intel.com/')"
                + " || r.startsWith('aws.amazon.com/neuron') || r.startsWith('google.com/tpu')))";
    }

    static JSONSchemaProps environmentVariable() {
        return schema("""
            type: object
            required: [name]
            x-kubernetes-preserve-unknown-fields: true
            properties:
              name:
                description: The variable's name.
                type: string
                minLength: 1
                maxLength: 253
              value:
                description: Its value; valueFrom may stand instead.
                type: string
            """);
    }

    static JSONSchemaProps condition() {
        return schema("""
            type: object
            required: [type, status, lastTransitionTime, reason, message]
            properties:
              type:
                description: What the condition is about.
                type: string
                maxLength: 316
              status:
                description: Whether it is so.
                type: string
                enum: ["True", "False", Unknown]
              observedGeneration:
                description: The generation of the declaration it is about.
                type: integer
                format: int64
                minimum: 0
              lastTransitionTime:
                description: Since when the status has been what it is.
                type: string
                format: date-time
              reason:
                description: Why, in one word.
                type: string
                minLength: 1
                maxLength: 1024
                pattern: ^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$
              message:
                description: Why, in a sentence, and what to do about it.
                type: string
                maxLength: 32768
            """);
    }

    /** Gives the generated schema of a toleration its descriptions. */
    static void describeToleration(JSONSchemaProps toleration) {
        Map<String, String> descriptions = Map.of(
                "key", "The taint's key; empty with operator Exists for all.",
                "operator", "Exists, or Equal to value.",
                "value", "The taint's value.",
                "effect", "NoSchedule, PreferNoSchedule or NoExecute; empty for all.",
                "tolerationSeconds", "How long a NoExecute taint is tolerated.");
        toleration.getProperties().forEach((name, schema) -> schema.setDescription(descriptions.get(name)));
        SchemaFinish.property(toleration, "tolerationSeconds").setFormat("int64");
    }

    private static JSONSchemaProps schema(String yaml) {
        return Serialization.unmarshal(yaml, JSONSchemaProps.class);
    }
}
