package dev.gearshift.kubernetes.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the reference of custom resources, field by field, from their definitions. */
final class ReferenceGenerator {

    private static final String HEADER = """
            <!-- Generated from crds/*.yaml; do not edit. To write it anew:
            mvn -pl operator test -Dtest=ReferenceTest -Dgearshift.reference.write=true -->
            # Reference

            Every field of both kinds, as the cluster checks it; `kubectl explain modeldeployment.spec` and
            `kubectl explain hardwaretier.spec` show the same descriptions. What conditions and reasons mean is in
            [conditions.md](conditions.md).

            """;

    private static final String DURATION = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$";

    private static final Map<String, String> PATTERNS = Map.of(
            DURATION,
            "duration, such as `500ms`, `2m` or `1h30m`",
            "^[0-9]{1,7}(\\.[0-9]{1,9})?$",
            "US dollars as text, such as `\"0.80\"`",
            "^[0-9]{1,6}(\\.[0-9]{1,6})?$",
            "number as text, such as `\"8.03\"`");

    private ReferenceGenerator() {}

    static String markdown(List<CustomResourceDefinition> definitions) {
        return HEADER + definitions.stream().map(ReferenceGenerator::kind).collect(Collectors.joining("\n"));
    }

    private static String kind(CustomResourceDefinition definition) {
        CustomResourceDefinitionVersion version =
                definition.getSpec().getVersions().get(0);
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        var names = definition.getSpec().getNames();
        StringBuilder text = new StringBuilder("## ").append(names.getKind()).append("\n\n");
        text.append("`apiVersion: ")
                .append(definition.getSpec().getGroup())
                .append('/')
                .append(version.getName())
                .append("`; ")
                .append("Cluster".equals(definition.getSpec().getScope()) ? "cluster-scoped" : "namespaced")
                .append("; short name `")
                .append(String.join("`, `", names.getShortNames()))
                .append("`.\n\n");
        rules(root).forEach(rule -> text.append("- ").append(rule).append(".\n"));
        text.append("\nColumns of `kubectl get`:\n\n| column | from |\n|---|---|\n");
        version.getAdditionalPrinterColumns().forEach(column -> text.append(row(column)));
        for (String part : List.of("spec", "status")) {
            text.append("\n### ")
                    .append(names.getKind())
                    .append(' ')
                    .append(part)
                    .append("\n\n");
            text.append("| field | type | default and bounds | meaning |\n|---|---|---|---|\n");
            fields(part, SchemaFinish.property(root, part)).forEach(text::append);
        }
        return text.toString();
    }

    private static String row(CustomResourceColumnDefinition column) {
        boolean wide = column.getPriority() != null && column.getPriority() > 0;
        return "| `" + column.getName() + "`" + (wide ? " (with `-o wide`)" : "") + " | `" + cell(column.getJsonPath())
                + "` |\n";
    }

    /** A row for every field below a schema. */
    private static List<String> fields(String path, JSONSchemaProps schema) {
        List<String> rows = new ArrayList<>();
        new TreeMap<>(properties(schema)).forEach((name, property) -> {
            String at = path + "." + name;
            boolean required =
                    schema.getRequired() != null && schema.getRequired().contains(name);
            rows.add("| `" + at + "` | " + type(property) + " | " + cell(bounds(property, required)) + " | "
                    + cell(meaning(property)) + " |\n");
            rows.addAll(fields(at, property));
            items(property).ifPresent(items -> rows.addAll(fields(at + "[]", items)));
        });
        return rows;
    }

    private static String type(JSONSchemaProps schema) {
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().stream()
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", "));
        } else if (written(schema).isPresent()) {
            return cell(written(schema).get());
        } else if ("array".equals(schema.getType())) {
            return "list of " + items(schema).map(ReferenceGenerator::type).orElse("anything") + "s";
        } else if (schema.getAdditionalProperties() != null) {
            return "map";
        }
        return schema.getFormat() != null && schema.getFormat().equals("date-time") ? "time" : schema.getType();
    }

    /** How a text is written that stands for something else. */
    private static Optional<String> written(JSONSchemaProps schema) {
        return Optional.ofNullable(schema.getPattern()).map(PATTERNS::get);
    }

    private static String bounds(JSONSchemaProps schema, boolean required) {
        List<String> bounds = new ArrayList<>();
        if (required) {
            bounds.add("required");
        }
        if (schema.getDefault() != null && !schema.getDefault().isObject()) {
            bounds.add("default `" + schema.getDefault().asText() + "`");
        }
        range(schema).ifPresent(bounds::add);
        if (schema.getMaxLength() != null && written(schema).isEmpty()) {
            bounds.add("at most " + schema.getMaxLength() + " characters");
        }
        if (schema.getMaxItems() != null) {
            bounds.add("at most " + schema.getMaxItems());
        }
        if (schema.getMaxProperties() != null) {
            bounds.add("at most " + schema.getMaxProperties());
        }
        return String.join("; ", bounds);
    }

    private static Optional<String> range(JSONSchemaProps schema) {
        boolean above = Boolean.TRUE.equals(schema.getExclusiveMinimum());
        String least = schema.getMinimum() == null ? "" : (above ? "above " : "from ") + plain(schema.getMinimum());
        String most = schema.getMaximum() == null ? "" : "to " + plain(schema.getMaximum());
        String both = Stream.of(least, most).filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
        return both.isEmpty() ? Optional.empty() : Optional.of(both);
    }

    private static String plain(Double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String meaning(JSONSchemaProps schema) {
        return Stream.concat(
                        Stream.of(Objects.requireNonNullElse(schema.getDescription(), "")),
                        rules(schema).stream().map(rule -> "Checked: " + rule + "."))
                .collect(Collectors.joining(" "));
    }

    private static List<String> rules(JSONSchemaProps schema) {
        return schema.getXKubernetesValidations() == null
                ? List.of()
                : schema.getXKubernetesValidations().stream()
                        .map(ValidationRule::getMessage)
                        .toList();
    }

    private static Map<String, JSONSchemaProps> properties(JSONSchemaProps schema) {
        return schema.getProperties() == null ? Map.of() : schema.getProperties();
    }

    private static Optional<JSONSchemaProps> items(JSONSchemaProps schema) {
        return Optional.ofNullable(schema.getItems()).map(items -> items.getSchema());
    }

    /** Text that does not end a cell of a table. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
