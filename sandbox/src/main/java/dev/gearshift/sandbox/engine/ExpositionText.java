package dev.gearshift.sandbox.engine;

/** Writes metrics in Prometheus' text format, version 0.0.4, with numbers as the Python client writes them. */
final class ExpositionText {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double WHOLE_LIMIT = 1e15;

    private final StringBuilder text = new StringBuilder(16_384);

    /** Opens a family of samples. */
    ExpositionText family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /**
     * One sample.
     *
     * @param labels the labels as they stand between the braces
     */
    ExpositionText sample(String name, String labels, double value) {
        text.append(name).append('{').append(labels).append("} ");
        number(value);
        text.append('\n');
        return this;
    }

    /** A family of one histogram. */
    ExpositionText histogram(String name, String help, String labels, BucketCounts counts) {
        family(name, "histogram", help);
        String bucket = name + "_bucket";
        double cumulative = 0;
        for (int i = 0; i < counts.buckets(); i++) {
            text.append(bucket).append('{').append(labels).append(",le=\"");
            number(counts.upperBound(i));
            text.append("\"} ");
            cumulative += counts.inBucket(i);
            number(cumulative);
            text.append('\n');
        }
        sample(name + "_count", labels, cumulative);
        return sample(name + "_sum", labels, counts.sum());
    }

    /** A label with its value quoted. */
    static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private void number(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            text.append("+Inf");
        } else if (value == Math.rint(value) && Math.abs(value) < WHOLE_LIMIT) {
            text.append((long) value).append(".0");
        } else {
            text.append(value);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
