package dev.gearshift.sandbox.apiserver.schema;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.gearshift.sandbox.apiserver.tree.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types of a schema as CEL sees them, so that a rule that names a field that does not exist is refused when it is
 * compiled, as by the real server.
 */
@SuppressWarnings("Immutable") // filled by the constructor, only read afterwards
final class CelTypes implements CelTypeProvider {

    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private final Map<String, CelType> byName = new LinkedHashMap<>();
    private final Map<Schema, CelType> bySchema = new HashMap<>();

    CelTypes(Schema root) {
        define(root, "object");
    }

    /** The type of the values of a schema node. */
    CelType of(@Nullable Schema node) {
        return node == null ? SimpleType.DYN : bySchema.getOrDefault(node, SimpleType.DYN);
    }

    private CelType define(@Nullable Schema node, String name) {
        if (node == null) {
            return SimpleType.DYN;
        }
        CelType type = node.flag("x-kubernetes-int-or-string")
                ? SimpleType.DYN
                : switch (node.type()) {
                    case "string" -> SimpleType.STRING;
                    case "integer" -> SimpleType.INT;
                    case "number" -> SimpleType.DOUBLE;
                    case "boolean" -> SimpleType.BOOL;
                    case "array" -> ListType.create(define(node.items(), name + ".item"));
                    case "object" -> object(node, name);
                    default -> SimpleType.DYN;
                };
        bySchema.put(node, type);
        return type;
    }

    private CelType object(Schema node, String name) {
        if (node.additional() != null) {
            return MapType.create(SimpleType.STRING, define(node.additional(), name + ".value"));
        }
        if (node.properties().isEmpty() && !node.isRoot()) {
            return SimpleType.DYN;
        }
        Map<String, CelType> fields = new LinkedHashMap<>();
        node.properties().forEach((k, v) -> fields.put(escape(k), define(v, name + "." + k)));
        if (node.isRoot()) {
            fields.put("apiVersion", SimpleType.STRING);
            fields.put("kind", SimpleType.STRING);
            fields.put(
                    "metadata",
                    define("object.metadata", Map.of("name", SimpleType.STRING, "generateName", SimpleType.STRING)));
        }
        return define(name, fields);
    }

    private CelType define(String name, Map<String, CelType> declared) {
        ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(declared);
        StructType type = StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
        byName.put(name, type);
        return type;
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(byName.values());
    }

    @Override
    public Optional<CelType> findType(String typeName) {
        return Optional.ofNullable(byName.get(typeName));
    }

    /** A property's name as it is written in rules. */
    static String escape(String name) {
        return RESERVED.contains(name)
                ? "__" + name + "__"
                : name.replace("__", "__underscores__")
                        .replace(".", "__dot__")
                        .replace("-", "__dash__")
                        .replace("/", "__slash__");
    }

    /** A value as CEL sees it: declared fields by their escaped names, numbers of the declared kind. */
    static Object value(Object value, @Nullable Schema node) {
        if (node == null) {
            return value;
        }
        if (value instanceof Map<?, ?>) {
            Map<String, Object> out = new LinkedHashMap<>();
            Json.map(value).forEach((k, v) -> {
                Schema declared = node.properties().get(k);
                out.put(declared == null ? k : escape(k), value(v, node.below(k)));
            });
            return out;
        }
        if (value instanceof List<?>) {
            List<Object> out = new ArrayList<>();
            Json.list(value).forEach(v -> out.add(value(v, node.items())));
            return out;
        }
        return value instanceof Long n && node.type().equals("number") ? (Object) n.doubleValue() : value;
    }
}
