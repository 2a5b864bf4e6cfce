package dev.gearshift.sandbox.engine;

import dev.gearshift.sandbox.engine.MetricFamily.Distribution;
import dev.gearshift.sandbox.engine.MetricFamily.Point;
import dev.gearshift.sandbox.engine.MetricFamily.Series;
import java.util.List;
import java.util.Locale;

/** Writes metrics in Prometheus' text format, version 0.0.4. */
final class ExpositionText {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(16_384);
    private final NumberStyle style;

    private ExpositionText(NumberStyle style) {
        this.style = style;
    }

    /** A whole page. */
    static String of(NumberStyle style, List<MetricFamily> families) {
        ExpositionText page = new ExpositionText(style);
        families.forEach(page::family);
        return page.text.toString();
    }

    private void family(MetricFamily family) {
        String name = family.name();
        text.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
        text.append("# TYPE ")
                .append(name)
                .append(' ')
                .append(family.type().name().toLowerCase(Locale.ROOT))
                .append('\n');
        for (Series series : family.series()) {
            if (series instanceof Point point) {
                sample(name, point.labels(), point.value());
            } else if (series instanceof Distribution distribution) {
                histogram(name, distribution.labels(), distribution.counts());
            }
        }
    }

    private void histogram(String name, String labels, BucketCounts counts) {
        String bucket = name + "_bucket";
        String before = labels.isEmpty() ? "" : labels + ",";
        double cumulative = 0;
        for (int i = 0; i < counts.buckets(); i++) {
            cumulative += counts.inBucket(i);
            sample(bucket, before + "le=\"" + style.text(counts.upperBound(i)) + "\"", cumulative);
        }
        sample(name + "_count", labels, cumulative);
        sample(name + "_sum", labels, counts.sum());
    }

    private void sample(String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(style.text(value)).append('\n');
    }

    /** A label with its value quoted. */
    static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
