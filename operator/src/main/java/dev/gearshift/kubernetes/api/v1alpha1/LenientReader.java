package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into records of nullable components and never throws: what has the wrong type is left out, or left empty, and
 * noted with its path. A component may be text, a number, another record, a list, a map of text to text, or any class Jackson
 * can read. A component of type {@link Source} receives what the record was read from.
 *
 * <p>Elements of lists keep their positions where they are records: one that cannot be read becomes an empty record.
 */
final class LenientReader {

    /** For Kubernetes a field that is null is a field left out, so that lists and maps are never null. */
    private static final ObjectMapper MAPPER =
            new ObjectMapper().setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SKIP));

    private static final int SHOWN = 60;

    private final List<ReadingProblem> problems = new ArrayList<>();

    private LenientReader() {}

    /** Reads a record from what was found at a path; anything but an object gives an empty record and a problem. */
    static <R extends Record> R read(JsonNode json, Class<R> type, String path) {
        LenientReader reader = new LenientReader();
        return type.cast(reader.recordAt(json, type, path, true));
    }

    private Record recordAt(JsonNode json, Class<?> type, String path, boolean root) {
        if (!json.isObject() && !json.isMissingNode()) {
            wrongType(path, json, "an object");
        }
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        int source = -1;
        Set<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            if (components[i].getType() == Source.class) {
                source = i;
                continue;
            }
            unknown.remove(name);
            values[i] = valueAt(json.path(name), components[i].getGenericType(), path + "." + name);
        }
        for (String name : unknown) {
            problems.add(new ReadingProblem(
                    path + "." + name,
                    ReadingProblem.Kind.UNKNOWN_FIELD,
                    shown(json.path(name)),
                    "no field of that name is known to " + GearshiftApi.VERSION));
        }
        if (source >= 0 && root) {
            values[source] = new Source(json, problems);
        }
        return construct(type, components, values);
    }

    private static Record construct(Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return (Record) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is no record of this reader's kind", e);
        }
    }

    private @Nullable Object valueAt(JsonNode json, Type type, String path) {
        if (json.isMissingNode() || json.isNull()) {
            return null;
        } else if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? listAt(json, generic.getActualTypeArguments()[0], path)
                    : mapAt(json, path);
        } else if (type == String.class) {
            return json.isTextual() ? json.textValue() : wrongType(path, json, "text");
        } else if (type == Integer.class) {
            return json.isNumber() && json.canConvertToInt() && isWhole(json)
                    ? (Integer) json.intValue()
                    : wrongType(path, json, "a whole number");
        } else if (type == Long.class) {
            return json.isNumber() && json.canConvertToLong() && isWhole(json)
                    ? (Long) json.longValue()
                    : wrongType(path, json, "a whole number");
        } else if (type == Double.class) {
            return json.isNumber() && Double.isFinite(json.doubleValue())
                    ? (Double) json.doubleValue()
                    : wrongType(path, json, "a number");
        } else if (type instanceof Class<?> known && known.isRecord()) {
            return recordAt(json, known, path, false);
        }
        return foreignAt(json, (Class<?>) type, path);
    }

    private static boolean isWhole(JsonNode json) {
        return json.isIntegralNumber()
                || BigDecimal.valueOf(json.doubleValue()).stripTrailingZeros().scale() <= 0;
    }

    private @Nullable Object listAt(JsonNode json, Type element, String path) {
        if (!json.isArray()) {
            return wrongType(path, json, "a list");
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            String at = path + "[" + i + "]";
            JsonNode item = json.path(i);
            Object value = valueAt(item, element, at);
            if (item.isNull()) {
                wrongType(at, item, "an element");
            }
            if (value != null) {
                values.add(value);
            } else if (element instanceof Class<?> known && known.isRecord()) {
                values.add(new LenientReader().recordAt(MissingNode.getInstance(), known, at, false));
            }
        }
        return Collections.unmodifiableList(values);
    }

    private @Nullable Object mapAt(JsonNode json, String path) {
        if (!json.isObject()) {
            return wrongType(path, json, "an object of texts");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (field.getValue().isTextual()) {
                values.put(field.getKey(), field.getValue().textValue());
            } else {
                wrongType(path + "." + field.getKey(), field.getValue(), "text");
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private @Nullable Object foreignAt(JsonNode json, Class<?> type, String path) {
        if (!json.isObject()) {
            return wrongType(path, json, "an object");
        }
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JsonMappingException e) {
            return problemInside(e, json, type, path);
        } catch (JsonProcessingException | RuntimeException e) {
            return wrongType(path, json, "a " + type.getSimpleName());
        }
    }

    /** Follows the exception to the very field that cannot be read. */
    private @Nullable Object problemInside(JsonMappingException problem, JsonNode json, Class<?> type, String path) {
        StringBuilder at = new StringBuilder(path);
        JsonNode culprit = json;
        for (JsonMappingException.Reference step : problem.getPath()) {
            if (step.getFieldName() != null) {
                at.append('.').append(step.getFieldName());
                culprit = culprit.path(step.getFieldName());
            } else {
                at.append('[').append(step.getIndex()).append(']');
                culprit = culprit.path(step.getIndex());
            }
        }
        return wrongType(at.toString(), culprit, "what Kubernetes allows there in a " + type.getSimpleName());
    }

    private @Nullable Object wrongType(String path, JsonNode json, String expected) {
        problems.add(new ReadingProblem(path, ReadingProblem.Kind.WRONG_TYPE, shown(json), expected));
        return null;
    }

    private static String shown(JsonNode json) {
        String text = json.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
