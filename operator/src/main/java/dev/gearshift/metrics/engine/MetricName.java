package dev.gearshift.metrics.engine;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A metric as an engine names it.
 *
 * @param name of the series, a counter's suffix included; for a histogram without {@code _bucket}, {@code _sum}, {@code _count}
 * @param where which of its series count
 * @param worth what one unit of its value is in ours (seconds, tokens, requests): 0.001 for milliseconds
 */
public record MetricName(String name, List<LabelMatch> where, double worth) {

    private static final Pattern WELL_FORMED = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    public MetricName {
        where = List.copyOf(where);
        if (!WELL_FORMED.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a metric");
        }
        if (!(worth > 0) || Double.isInfinite(worth)) {
            throw new IllegalArgumentException("a unit must be worth something, but is worth " + worth);
        }
    }

    /** Every series of that name that meets the conditions, in our units. */
    public static MetricName of(String name, LabelMatch... where) {
        return new MetricName(name, List.of(where), 1);
    }

    /** The same in another unit. */
    public MetricName worth(double unit) {
        return new MetricName(name, where, unit);
    }

    /** Whether a text can be the name of a metric. */
    public static boolean isWellFormed(String text) {
        return WELL_FORMED.matcher(text).matches();
    }
}
