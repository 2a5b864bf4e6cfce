package dev.gearshift.sandbox.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * One family of a metrics page.
 *
 * @param name its name; that of a counter with its suffix
 * @param type what it is
 * @param help what it says it is
 * @param series its series, in the order they are written
 */
record MetricFamily(String name, Type type, String help, List<Series> series) {

    /** What a family is. */
    enum Type {
        GAUGE,
        COUNTER,
        HISTOGRAM
    }

    /** One series of a family; its labels as they stand between the braces, empty for none. */
    sealed interface Series {

        String labels();

        /** The same values under other labels. */
        Series labelled(String others);
    }

    /** A single value. */
    record Point(String labels, double value) implements Series {

        @Override
        public Series labelled(String others) {
            return new Point(others, value);
        }
    }

    /** A histogram. */
    record Distribution(String labels, BucketCounts counts) implements Series {

        @Override
        public Series labelled(String others) {
            return new Distribution(others, counts);
        }
    }

    MetricFamily {
        series = List.copyOf(series);
    }

    static MetricFamily gauge(String name, String help, String labels, double value) {
        return new MetricFamily(name, Type.GAUGE, help, List.of(new Point(labels, value)));
    }

    static MetricFamily counter(String name, String help, String labels, double value) {
        return new MetricFamily(name, Type.COUNTER, help, List.of(new Point(labels, value)));
    }

    static MetricFamily counter(String name, String help, String labels, long value) {
        return counter(name, help, labels, (double) value);
    }

    static MetricFamily histogram(String name, String help, String labels, BucketCounts counts) {
        return new MetricFamily(name, Type.HISTOGRAM, help, List.of(new Distribution(labels, counts)));
    }

    /** With one more series of a single value. */
    MetricFamily and(String labels, long value) {
        return and(labels, (double) value);
    }

    /** With one more series of a single value. */
    MetricFamily and(String labels, double value) {
        List<Series> more = new ArrayList<>(series);
        more.add(new Point(labels, value));
        return new MetricFamily(name, type, help, more);
    }
}
