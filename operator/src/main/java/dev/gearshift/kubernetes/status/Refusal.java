package dev.gearshift.kubernetes.status;

/**
 * Something the cluster refused while a decision was carried out.
 *
 * @param kind what was refused
 * @param message the cluster's words
 */
public record Refusal(Kind kind, String message) {

    /** What was refused. */
    public enum Kind {
        /** A Deployment made from the template. */
        TEMPLATE_REFUSED("TemplateRefused"),
        /** An object whose name is taken by one that is not Gearshift's. */
        NAME_CONFLICT("NameConflict"),
        /** A write that did not succeed, and is tried again. */
        WRITE_FAILED("WriteFailed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The reason of condition {@code Ready}. */
        String word() {
            return word;
        }
    }
}
