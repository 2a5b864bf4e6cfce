package dev.gearshift.sandbox.apiserver.schema;

import dev.gearshift.sandbox.apiserver.tree.Json;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with an object, in the words of the real API server.
 *
 * @param kind what sort of error
 * @param field where: {@code spec.tiers[0].name}
 * @param message the cause's message, without the field
 */
public record FieldError(Kind kind, String field, String message) {

    /** The sorts of errors, with their reason on the wire and their words. */
    public enum Kind {
        /** A value that is not allowed. */
        INVALID("FieldValueInvalid", "Invalid value", false),
        /** A value of the wrong type. */
        TYPE_INVALID("FieldValueTypeInvalid", "Invalid value", true),
        /** A missing value. */
        REQUIRED("FieldValueRequired", "Required value", true),
        /** A value outside an enumeration. */
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value", true),
        /** An item that is there twice. */
        DUPLICATE("FieldValueDuplicate", "Duplicate value", true),
        /** A value that must not be set. */
        FORBIDDEN("FieldValueForbidden", "Forbidden", false),
        /** A text that is too long. */
        TOO_LONG("FieldValueTooLong", "Too long", true),
        /** A list or map with too many items. */
        TOO_MANY("FieldValueTooMany", "Too many", true);

        private final String reason;
        private final String words;
        private final boolean blocking;

        Kind(String reason, String words, boolean blocking) {
            this.reason = reason;
            this.words = words;
            this.blocking = blocking;
        }

        /** The cause's reason on the wire. */
        public String reason() {
            return reason;
        }

        /** Whether rules are not checked any more once such an error is found. */
        boolean blocking() {
            return blocking;
        }
    }

    /** An error about a value; the value is shown as JSON unless it is null. */
    public static FieldError of(Kind kind, String field, @Nullable Object value, String detail) {
        String shown = value == null ? "" : ": " + Json.write(value);
        return new FieldError(
                kind, field.isEmpty() ? "<nil>" : field, kind.words + shown + (detail.isEmpty() ? "" : ": " + detail));
    }

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
