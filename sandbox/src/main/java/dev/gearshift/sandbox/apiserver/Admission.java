package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.schema.Completion;
import dev.gearshift.sandbox.apiserver.schema.FieldError;
import dev.gearshift.sandbox.apiserver.schema.ObjectValidation;
import dev.gearshift.sandbox.apiserver.tree.FieldPath;
import dev.gearshift.sandbox.apiserver.tree.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What stands between a request and the store: decoding, unknown fields, defaults, validation. */
final class Admission {

    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private Admission() {}

    /** Drops or refuses unknown fields; refuses wrong types of built-in kinds. Changes the object. */
    static void decode(ResourceType type, Map<String, Object> object, WriteOptions options) {
        ObjectValidation validation = type.validation();
        if (validation == null && options.typed()) {
            return;
        }
        boolean strict = options.strict();
        List<String> unknown = validation == null
                ? unknownOfBuiltin(type, object, strict)
                : Completion.prune(object, validation.schema());
        if (strict && !unknown.isEmpty()) {
            throw undecodable(
                    type,
                    unknown.stream()
                            .map(f -> "unknown field \"" + f + "\"")
                            .collect(Collectors.joining(", ", "strict decoding error: ", "")));
        }
    }

    /** As {@link #decode}, of an object that is to be applied: unknown fields of built-in kinds are never dropped. */
    static void decodeApplied(ResourceType type, Map<String, Object> object, WriteOptions options) {
        if (type.validation() != null) {
            decode(type, object, options);
        } else if (!options.typed()) {
            TypedPatch.check(type, object);
        }
    }

    private static List<String> unknownOfBuiltin(ResourceType type, Map<String, Object> object, boolean wanted) {
        try {
            return BuiltinTypes.unknown(type, object, wanted).stream()
                    .map(FieldPath::toString)
                    .toList();
        } catch (BuiltinTypes.Mistyped e) {
            throw undecodable(type, String.valueOf(e.getMessage()));
        }
    }

    private static ApiError undecodable(ResourceType type, String why) {
        return ApiError.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                + type.kind() + ": " + why);
    }

    /** Fills in defaults. Changes the object. */
    static void complete(ResourceType type, Map<String, Object> object) {
        ObjectValidation validation = type.validation();
        if (validation == null) {
            BuiltinDefaults.apply(type, object);
        } else {
            Completion.defaults(object, validation.schema());
        }
    }

    /** Refuses an object that its kind does not allow. */
    static void validate(ResourceType type, Map<String, Object> object, @Nullable Map<String, Object> old) {
        String name = Json.text(object, "metadata", "name");
        ObjectValidation validation = type.validation();
        List<FieldError> errors = new ArrayList<>();
        if (old == null) {
            if (name.isEmpty()) {
                errors.add(FieldError.of(
                        FieldError.Kind.REQUIRED, "metadata.name", null, "name or generateName is required"));
            } else if (name.length() > 253 || !SUBDOMAIN.matcher(name).matches()) {
                errors.add(
                        FieldError.of(
                                FieldError.Kind.INVALID,
                                "metadata.name",
                                name,
                                "a lowercase RFC 1123 subdomain must consist of lower"
                                        + " case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"));
            }
        }
        errors.addAll(
                validation == null ? BuiltinValidation.validate(type, object, old) : validation.validate(object, old));
        if (!errors.isEmpty()) {
            throw ApiError.invalid(type, name, errors);
        }
    }
}
