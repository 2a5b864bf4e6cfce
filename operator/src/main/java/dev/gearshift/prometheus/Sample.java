package dev.gearshift.prometheus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of an instant vector.
 *
 * @param labels names and values by turns, in the order of the answer
 * @param evaluated when the server evaluated the query, in seconds since 1970 by its own clock
 * @param value the value; may be NaN or infinite
 */
public record Sample(List<String> labels, double evaluated, double value) {

    public Sample {
        labels = List.copyOf(labels);
        if (labels.size() % 2 != 0) {
            throw new IllegalArgumentException("a label without a value: " + labels);
        }
    }

    /** The value of a label; null when it is not there. */
    public @Nullable String label(String name) {
        for (int i = 0; i < labels.size(); i += 2) {
            if (labels.get(i).equals(name)) {
                return labels.get(i + 1);
            }
        }
        return null;
    }

    /** The value of a label; the empty text when it is not there, as PromQL has it. */
    public String labelOrEmpty(String name) {
        String value = label(name);
        return value == null ? "" : value;
    }
}
