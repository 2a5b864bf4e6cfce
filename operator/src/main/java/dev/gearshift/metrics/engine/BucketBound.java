package dev.gearshift.metrics.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The upper bound of a bucket, as the label {@code le} writes it. */
public final class BucketBound {

    private static final int LONGEST = 40;

    /** No bound of seconds or tokens is greater; sums of greater ones would overflow. */
    private static final double LARGEST = 1e12;

    private BucketBound() {}

    /** The bound; empty when the text is none. Negative bounds mean nothing here. */
    public static Optional<Double> parse(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        if (text.equals("+Inf") || text.equals("Inf")) {
            return Optional.of(Double.POSITIVE_INFINITY);
        }
        return text.matches("[0-9.]+([eE][+-]?[0-9]+)?") ? finite(text) : Optional.empty();
    }

    private static Optional<Double> finite(String text) {
        try {
            double value = Double.parseDouble(text);
            return value <= LARGEST ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }
}
