package dev.gearshift.core.model;

/**
 * An amount of memory.
 *
 * @param count bytes, not negative
 */
public record Bytes(long count) implements Comparable<Bytes> {

    private static final long GIB = 1L << 30;

    public Bytes {
        Checks.notNegative("bytes", count);
    }

    /** An amount given in binary gigabytes. */
    public static Bytes ofGibibytes(double gibibytes) {
        return new Bytes(Math.round(gibibytes * GIB));
    }

    /** The amount in binary gigabytes. */
    public double gibibytes() {
        return (double) count / GIB;
    }

    @Override
    public int compareTo(Bytes other) {
        return Long.compare(count, other.count);
    }
}
