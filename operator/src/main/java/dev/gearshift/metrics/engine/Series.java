package dev.gearshift.metrics.engine;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of a metrics page.
 *
 * @param name the metric's name, suffixes included
 * @param labels its labels by name
 * @param value as it was written; may be NaN or infinite
 */
public record Series(String name, SortedMap<String, String> labels, double value) {

    public Series {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** The value of a label, or null. */
    public @Nullable String label(String label) {
        return labels.get(label);
    }

    /** A text that two lines share exactly when they have the same labels, one label left out of account. */
    public String identityWithout(String ignored) {
        StringBuilder text = new StringBuilder();
        labels.forEach((name, content) -> {
            if (!name.equals(ignored)) {
                text.append(name)
                        .append('=')
                        .append(content.length())
                        .append(':')
                        .append(content)
                        .append(';');
            }
        });
        return text.toString();
    }

    /** A text that two lines share exactly when they have the same labels. */
    public String identity() {
        return identityWithout("");
    }
}
