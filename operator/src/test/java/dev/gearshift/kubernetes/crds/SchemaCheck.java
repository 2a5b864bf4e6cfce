package dev.gearshift.kubernetes.crds;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Checks the structure of an object against a definition's schema: fields, types, enums, patterns, bounds. No rules. */
public final class SchemaCheck {

    private final List<String> problems = new ArrayList<>();

    private SchemaCheck() {}

    /** What does not fit, field by field; empty when all does. */
    public static List<String> problems(JsonNode object, CustomResourceDefinition definition) {
        SchemaCheck check = new SchemaCheck();
        JSONSchemaProps root =
                definition.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
        check.check(object.path("spec"), SchemaFinish.property(root, "spec"), "spec");
        return check.problems;
    }

    private void check(JsonNode value, JSONSchemaProps schema, String path) {
        String type = schema.getType();
        boolean fits = type == null
                || switch (type) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isTextual();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    default -> value.isBoolean();
                };
        if (!fits) {
            problems.add(path + " is no " + type);
            return;
        }
        if (!schema.getEnum().isEmpty() && !schema.getEnum().contains(value)) {
            problems.add(path + " is not in the enum");
        }
        if (schema.getPattern() != null
                && !Pattern.compile(schema.getPattern()).matcher(value.asText()).find()) {
            problems.add(path + " does not match");
        }
        if (schema.getMinimum() != null && value.asDouble() < schema.getMinimum()) {
            problems.add(path + " is too small");
        }
        if (schema.getMaximum() != null && value.asDouble() > schema.getMaximum()) {
            problems.add(path + " is too large");
        }
        if (value.isObject()) {
            fields(value, schema, path);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(value.path(i), schema.getItems().getSchema(), path + "[" + i + "]");
            }
        }
    }

    private void fields(JsonNode value, JSONSchemaProps schema, String path) {
        schema.getRequired().stream()
                .filter(name -> !value.has(name))
                .forEach(name -> problems.add(path + "." + name + " is required"));
        value.properties().forEach(field -> {
            String at = path + "." + field.getKey();
            JSONSchemaProps property = schema.getProperties() == null
                    ? null
                    : schema.getProperties().get(field.getKey());
            if (property != null) {
                check(field.getValue(), property, at);
            } else if (schema.getAdditionalProperties() != null) {
                check(field.getValue(), schema.getAdditionalProperties().getSchema(), at);
            } else if (!Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
                problems.add(at + " is not in the schema");
            }
        });
    }
}
