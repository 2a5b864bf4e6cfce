package dev.gearshift.kubernetes.api.v1alpha1;

/**
 * A part of a stored object that could not be read. The rest of the object was.
 *
 * @param path where, such as {@code spec.tiers[0].name}
 * @param kind what is the matter
 * @param found the value found, shortened
 * @param expected what was expected there, such as {@code a whole number}
 */
public record ReadingProblem(String path, Kind kind, String found, String expected) {

    /** What is the matter with a part. */
    public enum Kind {
        /** It has another JSON type than expected, or is out of its range. */
        WRONG_TYPE,
        /** No field of that name is known; it may be of another version. */
        UNKNOWN_FIELD
    }
}
