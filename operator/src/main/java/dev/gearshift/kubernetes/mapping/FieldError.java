package dev.gearshift.kubernetes.mapping;

/**
 * Something wrong with a declaration, for the person who wrote it.
 *
 * @param path the field, such as {@code spec.tiers[0].name}
 * @param problem what is wrong, with the value found, such as {@code is "5 minutes", which is no duration}
 * @param remedy what to write instead, such as {@code write such as 500ms, 2m or 1h30m}
 * @param severity how far it reaches
 */
public record FieldError(String path, String problem, String remedy, Severity severity) {

    /** How far a problem reaches. */
    public enum Severity {
        /** The whole declaration is refused; what runs is left alone. */
        REFUSED,
        /** One tier of the model is not used; the model goes on with the others. */
        TIER,
        /** Everything works, on an assumption worth knowing or without a field that is not understood. */
        WARNING
    }

    /** One line: the path, the problem and the remedy. */
    public String text() {
        return path + " " + problem + ": " + remedy;
    }

    @Override
    public String toString() {
        return text();
    }
}
