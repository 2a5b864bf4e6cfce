package dev.gearshift.sandbox.apiserver.schema;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelOptionalLibrary;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.gearshift.sandbox.apiserver.tree.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The CEL rules of a schema, compiled once, and their evaluation on objects. */
final class CelRules {

    private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");
    private static final CelOptions OPTIONS =
            CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

    private final Schema schema;
    private final CelTypes types;
    private final Map<Schema, List<Compiled>> programs = new HashMap<>();

    private record Compiled(
            Schema.Rule rule, boolean transition, CelRuntime.Program program, CelRuntime.@Nullable Program message) {}

    CelRules(Schema schema) {
        this.schema = schema;
        this.types = new CelTypes(schema);
        compile(schema, "");
    }

    private void compile(@Nullable Schema node, String path) {
        if (node == null) {
            return;
        }
        List<Compiled> compiled = new ArrayList<>();
        for (Schema.Rule rule : node.rules()) {
            compiled.add(compile(rule, types.of(node), path));
        }
        if (!compiled.isEmpty()) {
            programs.put(node, compiled);
        }
        node.properties().forEach((name, property) -> compile(property, SchemaValidation.child(path, name)));
        compile(node.items(), path + "[]");
        compile(node.additional(), path + "{}");
    }

    private Compiled compile(Schema.Rule rule, CelType self, String path) {
        CelType oldSelf = rule.optionalOldSelf() ? OptionalType.create(self) : self;
        Cel cel = CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(types)
                .addVar("self", self)
                .addVar("oldSelf", oldSelf)
                .addCompilerLibraries(
                        CelExtensions.strings(),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.lists(),
                        CelOptionalLibrary.INSTANCE)
                .addRuntimeLibraries(
                        CelExtensions.strings(),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.lists(),
                        CelOptionalLibrary.INSTANCE)
                .build();
        boolean transition = OLD_SELF.matcher(rule.rule()).find();
        try {
            CelRuntime.Program program = program(cel, rule.rule(), SimpleType.BOOL);
            CelRuntime.Program message = rule.messageExpression().isEmpty()
                    ? null
                    : program(cel, rule.messageExpression(), SimpleType.STRING);
            return new Compiled(rule, transition, program, message);
        } catch (CelValidationException | CelEvaluationException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "rule on '" + path + "' does not compile: " + rule.rule() + "\n" + e.getMessage(), e);
        }
    }

    private static CelRuntime.Program program(Cel cel, String expression, CelType result)
            throws CelValidationException, CelEvaluationException {
        var ast = cel.compile(expression).getAst();
        if (!ast.getResultType().equals(result) && !ast.getResultType().equals(SimpleType.DYN)) {
            throw new IllegalArgumentException("must evaluate to " + result.name() + ", not "
                    + ast.getResultType().name());
        }
        return cel.createProgram(ast);
    }

    void check(Map<String, Object> object, @Nullable Map<String, Object> old, List<FieldError> errors) {
        check(object, old, schema, "", errors);
    }

    private void check(
            Object value, @Nullable Object old, @Nullable Schema node, String path, List<FieldError> errors) {
        if (node == null || (old != null && old.equals(value))) {
            return;
        }
        for (Compiled c : programs.getOrDefault(node, List.of())) {
            if (!c.transition() || old != null || c.rule().optionalOldSelf()) {
                evaluate(c, value, old, node, path, errors);
            }
        }
        if (value instanceof Map<?, ?>) {
            Json.map(value).forEach((k, v) -> {
                if (!(node.isRoot() && k.equals("metadata"))) {
                    check(v, Json.at(old, k), node.below(k), SchemaValidation.child(path, k), errors);
                }
            });
        } else if (value instanceof List<?> list) {
            Map<Object, Object> before = SchemaValidation.correlated(old, node);
            for (int i = 0; i < list.size(); i++) {
                Object item = Objects.requireNonNull((Object) list.get(i));
                check(
                        item,
                        before.get(SchemaValidation.identity(item, node)),
                        node.items(),
                        path + "[" + i + "]",
                        errors);
            }
        }
    }

    private void evaluate(
            Compiled c, Object value, @Nullable Object old, Schema node, String path, List<FieldError> errors) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("self", CelTypes.value(value, node));
        if (c.rule().optionalOldSelf()) {
            variables.put("oldSelf", Optional.ofNullable(old).map(o -> CelTypes.value(o, node)));
        } else if (old != null) {
            variables.put("oldSelf", CelTypes.value(old, node));
        }
        String field = path + c.rule().fieldPath();
        String at = path.isEmpty() && field.startsWith(".") ? field.substring(1) : field;
        String type = node.type().isEmpty() ? SchemaValidation.typeOf(value) : node.type();
        try {
            if (!Boolean.TRUE.equals(c.program().eval(variables))) {
                errors.add(FieldError.of(
                        kind(c.rule().reason()), at, shown(c.rule().reason(), type), message(c, variables)));
            }
        } catch (CelEvaluationException e) {
            errors.add(FieldError.of(
                    FieldError.Kind.INVALID, at, type, e.getMessage() + " evaluating rule: " + fixedMessage(c.rule())));
        }
    }

    private static @Nullable Object shown(String reason, String type) {
        return reason.equals("FieldValueRequired") || reason.equals("FieldValueForbidden") ? null : type;
    }

    private static FieldError.Kind kind(String reason) {
        return switch (reason) {
            case "FieldValueRequired" -> FieldError.Kind.REQUIRED;
            case "FieldValueForbidden" -> FieldError.Kind.FORBIDDEN;
            case "FieldValueDuplicate" -> FieldError.Kind.DUPLICATE;
            default -> FieldError.Kind.INVALID;
        };
    }

    private static String message(Compiled c, Map<String, Object> variables) {
        if (c.message() != null) {
            try {
                String text = String.valueOf(c.message().eval(variables)).strip();
                if (!text.isEmpty() && !text.contains("\n")) {
                    return text;
                }
            } catch (CelEvaluationException e) {
                return fixedMessage(c.rule());
            }
        }
        return fixedMessage(c.rule());
    }

    private static String fixedMessage(Schema.Rule rule) {
        return rule.message().isEmpty() ? "failed rule: " + rule.rule().strip() : rule.message();
    }
}
