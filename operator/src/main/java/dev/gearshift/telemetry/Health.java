package dev.gearshift.telemetry;

/**
 * Whether something is as it should be.
 *
 * @param ok whether it is
 * @param detail what is wrong, or that nothing is; one line for people
 */
public record Health(boolean ok, String detail) {

    public Health {
        if (detail.isBlank()) {
            throw new IllegalArgumentException("health needs a detail");
        }
    }

    /** All is well. */
    public static Health good(String detail) {
        return new Health(true, detail);
    }

    /** Something is wrong. */
    public static Health bad(String detail) {
        return new Health(false, detail);
    }
}
