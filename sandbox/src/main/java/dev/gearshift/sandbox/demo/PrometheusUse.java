package dev.gearshift.sandbox.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.gearshift.prometheus.PrometheusApi;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asked of Prometheus.
 *
 * @param plans how often it asked; once a plan
 * @param queries how many queries that were
 * @param bytes how long the answers were
 * @param missing how many queries were not answered
 * @param missingNow what was missing the last time, as {@code query: why}
 */
@JsonPropertyOrder({"plans", "queries", "bytes", "missing"})
public record PrometheusUse(
        long plans,
        long queries,
        long bytes,
        long missing,
        @JsonIgnore List<String> missingNow) {

    /** Nothing was asked yet. */
    static final PrometheusUse NONE = new PrometheusUse(0, 0, 0, 0, List.of());

    public PrometheusUse {
        missingNow = List.copyOf(missingNow);
    }

    /** What was asked when this is asked besides. */
    PrometheusUse after(PrometheusApi.Round round) {
        List<String> unanswered = round.missing();
        return new PrometheusUse(
                plans + 1,
                queries + round.answers().size(),
                bytes + round.bytes(),
                missing + unanswered.size(),
                unanswered);
    }

    /** What a plan asks on average, and what was missing in all. */
    String inAll() {
        return plans == 0 ? "not asked" : aPlan() + "; " + (missing == 0 ? "no" : missing) + " answers missing";
    }

    /** What a plan asks on average, and what is missing now. */
    String now() {
        if (plans == 0) {
            return "not asked yet";
        }
        return aPlan() + ", "
                + (missingNow.isEmpty()
                        ? "nothing missing"
                        : missingNow.size() + " missing: " + oneLine(missingNow.get(0)));
    }

    private String aPlan() {
        return String.format(
                Locale.ROOT,
                "%d queries and %.1f kB a plan",
                Math.round(queries / (double) plans),
                bytes / 1e3 / plans);
    }

    /** The same without line breaks. */
    static String oneLine(@Nullable String text) {
        return text == null ? "no reason given" : text.strip().replaceAll("\\s*\n\\s*", " | ");
    }
}
