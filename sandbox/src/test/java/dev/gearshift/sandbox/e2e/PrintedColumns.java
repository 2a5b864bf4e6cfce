package dev.gearshift.sandbox.e2e;

import dev.gearshift.sandbox.apiserver.tree.Json;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code kubectl get -o wide} prints of a custom resource, by the columns of its definition. */
final class PrintedColumns {

    private static final Pattern STEP = Pattern.compile("\\.(\\w+)(?:\\[\\?\\(@\\.(\\w+)==\"([^\"]*)\"\\)])?");

    private PrintedColumns() {}

    /** Values by column; a column without one is left out. */
    static Map<String, String> of(KubernetesClient client, String definition, Manifest object) {
        Map<String, String> row = new LinkedHashMap<>();
        for (CustomResourceColumnDefinition column : client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(definition)
                .get()
                .getSpec()
                .getVersions()
                .get(0)
                .getAdditionalPrinterColumns()) {
            Object value = value(object.tree(), column.getJsonPath());
            if (value != null) {
                row.put(column.getName(), value.toString());
            }
        }
        return row;
    }

    private static @Nullable Object value(Object object, String path) {
        Object value = object;
        Matcher steps = STEP.matcher(path);
        int end = 0;
        while (value != null && steps.find() && steps.start() == end) {
            end = steps.end();
            value = Json.map(value).get(steps.group(1));
            if (value != null && steps.group(2) != null) {
                value = chosen(Json.list(value), steps.group(2), steps.group(3));
            }
        }
        if (value != null && end != path.length()) {
            throw new IllegalArgumentException("not understood: " + path);
        }
        return value;
    }

    private static @Nullable Object chosen(List<Object> items, String key, String wanted) {
        return items.stream()
                .filter(item -> wanted.equals(Json.text(item, key)))
                .findFirst()
                .orElse(null);
    }
}
