package dev.gearshift.kubernetes.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gearshift.kubernetes.api.v1alpha1.MapList;
import dev.gearshift.kubernetes.api.v1alpha1.OneOf;
import dev.gearshift.kubernetes.api.v1alpha1.Source;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Adds what the generator cannot: enums of text fields, number formats, list types with their keys, and the schemas of
 * Kubernetes' own types.
 */
final class SchemaFinish {

    private SchemaFinish() {}

    /** Walks a schema together with the record it was made from. */
    static void finish(JSONSchemaProps schema, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType() != Source.class) {
                finish(schema, property(schema, component.getName()), component);
            }
        }
    }

    /** The schema of a property that must be there. */
    static JSONSchemaProps property(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), () -> name + " is not in the schema");
    }

    private static void finish(JSONSchemaProps schema, JSONSchemaProps property, RecordComponent component) {
        // The generator finds the rules of a record's component twice: on its field and on its accessor.
        property.setXKubernetesValidations(
                property.getXKubernetesValidations().stream().distinct().toList());
        Class<?> type = component.getType();
        OneOf words = component.getAnnotation(OneOf.class);
        if (words != null) {
            List<JsonNode> values = new ArrayList<>();
            for (String word : words.value()) {
                values.add(new TextNode(word));
            }
            property.setEnum(values);
        }
        if (type == Integer.class) {
            property.setFormat("int32");
        } else if (type == Long.class) {
            property.setFormat("int64");
        } else if (type == Double.class) {
            property.setFormat("double");
        } else if (type.isRecord()) {
            finish(property, type);
        } else if (type == List.class) {
            finishList(property, component);
        } else if (type == PodTemplateSpec.class) {
            JSONSchemaProps template = KubernetesSchemas.podTemplate();
            template.setDescription(property.getDescription());
            schema.getProperties().put(component.getName(), template);
        }
    }

    private static void finishList(JSONSchemaProps list, RecordComponent component) {
        Type element = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        JSONSchemaProps items = list.getItems().getSchema();
        if (element instanceof Class<?> type && type.isRecord()) {
            finish(items, type);
        } else if (element == EnvVar.class) {
            items = KubernetesSchemas.environmentVariable();
        } else if (element == Toleration.class) {
            KubernetesSchemas.describeToleration(items);
        } else if (element == Condition.class) {
            items = KubernetesSchemas.condition();
        }
        list.getItems().setSchema(items);
        MapList keyed = component.getAnnotation(MapList.class);
        list.setXKubernetesListType(keyed == null ? "atomic" : "map");
        if (keyed != null) {
            list.setXKubernetesListMapKeys(List.of(keyed.key()));
            if (!items.getRequired().contains(keyed.key())) {
                items.getRequired().add(keyed.key());
            }
        }
    }
}
