package dev.gearshift.kubernetes.status;

/**
 * What is found of a condition.
 *
 * @param truth whether it is so
 * @param reason why, in one word
 * @param message why, in a sentence; cut when longer than {@value #LONGEST} characters
 */
record Finding(Truth truth, String reason, String message) {

    /** The longest message: much less than the API allows, and still more than anybody reads. */
    static final int LONGEST = 2048;

    private static final String NOT_KNOWN = "Unknown";

    /** Whether something is so. */
    enum Truth {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String word;

        Truth(String word) {
            this.word = word;
        }

        /** The status on the wire. */
        String word() {
            return word;
        }
    }

    Finding {
        message = BoundedText.cut(message, LONGEST);
    }

    static Finding holds(String reason, String message) {
        return new Finding(Truth.TRUE, reason, message);
    }

    static Finding fails(String reason, String message) {
        return new Finding(Truth.FALSE, reason, message);
    }

    /** Nobody can tell yet. */
    static Finding unknown(String message) {
        return new Finding(Truth.UNKNOWN, NOT_KNOWN, message);
    }
}
