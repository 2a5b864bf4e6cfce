package dev.gearshift.metrics.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A condition on one label of a series. A label that is missing reads as the empty text, as it does in Prometheus.
 *
 * @param label the label
 * @param among whether its value must be among the given ones, or must not
 * @param values the values; at least one
 */
public record LabelMatch(String label, boolean among, SortedSet<String> values) {

    public LabelMatch {
        values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a match on " + label + " needs a value");
        }
    }

    /** The label has one of these values. */
    public static LabelMatch is(String label, String... values) {
        return new LabelMatch(label, true, new TreeSet<>(Arrays.asList(values)));
    }

    /** The label has none of these values. */
    public static LabelMatch isNot(String label, String... values) {
        return new LabelMatch(label, false, new TreeSet<>(Arrays.asList(values)));
    }

    /** The label is missing or empty. */
    public static LabelMatch missing(String label) {
        return is(label, "");
    }

    /** Whether a series meets the condition. */
    public boolean holds(Series series) {
        String value = series.label(label);
        return values.contains(value == null ? "" : value) == among;
    }

    /** Whether a series meets every condition. */
    static boolean allHold(List<LabelMatch> conditions, Series series) {
        for (LabelMatch condition : conditions) {
            if (!condition.holds(series)) {
                return false;
            }
        }
        return true;
    }
}
