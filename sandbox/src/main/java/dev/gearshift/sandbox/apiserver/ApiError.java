package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.schema.FieldError;
import dev.gearshift.sandbox.apiserver.tree.FieldSet;
import dev.gearshift.sandbox.apiserver.tree.ManagedFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A refusal, as the real server would put it: an HTTP code and a Status object. */
public final class ApiError extends RuntimeException {

    private final int code;
    private final String reason;
    private final transient Map<String, Object> details;

    private ApiError(int code, String reason, String message, Map<String, Object> details) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    /** The HTTP code. */
    public int code() {
        return code;
    }

    /** The reason, such as {@code Invalid} or {@code Conflict}; empty for a failure the server has no word for. */
    public String reason() {
        return reason;
    }

    private static Map<String, Object> about(ResourceType type, String name) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("name", name);
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural());
        return details;
    }

    static ApiError of(int code, String reason, String message) {
        return new ApiError(code, reason, message, new LinkedHashMap<>());
    }

    static ApiError badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    static ApiError notFound(ResourceType type, String name) {
        return new ApiError(404, "NotFound", type.resourceName() + " \"" + name + "\" not found", about(type, name));
    }

    static ApiError alreadyExists(ResourceType type, String name) {
        return new ApiError(
                409, "AlreadyExists", type.resourceName() + " \"" + name + "\" already exists", about(type, name));
    }

    static ApiError conflict(ResourceType type, String name, String why) {
        return new ApiError(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + type.resourceName() + " \"" + name + "\": " + why,
                about(type, name));
    }

    static ApiError invalid(ResourceType type, String name, List<FieldError> errors) {
        Map<String, Object> details = about(type, name);
        details.put("kind", type.kind());
        List<Object> causes = new ArrayList<>();
        for (FieldError e : errors) {
            causes.add(new LinkedHashMap<>(
                    Map.of("reason", e.kind().reason(), "message", e.message(), "field", e.field())));
        }
        details.put("causes", causes);
        String all = errors.size() == 1
                ? errors.get(0).toString()
                : errors.stream().map(FieldError::toString).distinct().collect(Collectors.joining(", ", "[", "]"));
        String kind = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
        return new ApiError(422, "Invalid", kind + " \"" + name + "\" is invalid: " + all, details);
    }

    static ApiError applyConflict(ManagedFields managed, Map<ManagedFields.Writer, FieldSet> conflicts) {
        List<Object> causes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        conflicts.forEach((writer, fields) -> {
            ManagedFields.Entry entry = managed.entry(writer);
            String who = ManagedFields.describe(writer, entry == null ? "" : entry.apiVersion());
            fields.forEachPath(path -> {
                lines.add("conflict with " + who + ": " + path);
                causes.add(new LinkedHashMap<>(
                        Map.of("reason", "FieldManagerConflict", "message", "conflict with " + who, "field", path)));
            });
        });
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("causes", causes);
        String message = "Apply failed with " + lines.size() + (lines.size() == 1 ? " conflict: " : " conflicts: ")
                + String.join("\n- ", lines);
        return new ApiError(409, "Conflict", message, details);
    }

    /** The Status object. */
    Map<String, Object> toStatus() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("kind", "Status");
        out.put("apiVersion", "v1");
        out.put("metadata", new LinkedHashMap<>());
        out.put("status", "Failure");
        out.put("message", String.valueOf(getMessage()));
        if (!reason.isEmpty()) {
            out.put("reason", reason);
        }
        out.put("details", details);
        out.put("code", (long) code);
        return out;
    }
}
