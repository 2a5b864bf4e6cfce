package dev.gearshift.kubernetes.memory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a memory. Every field may be missing: another version wrote it. Times in columns are nanoseconds before {@code at}, others
 * ISO 8601; rates are requests per second, times in seconds.
 *
 * @param version of this form
 * @param at when it was remembered
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record MemoryDocument(
        @Nullable Integer version,
        @Nullable String at,
        @Nullable Loads demand,
        @Nullable Mix mix,
        @Nullable Rates required,
        @Nullable Map<String, List<Double>> starts,
        @Nullable List<String> awaited,
        @Nullable Map<String, Leaving> drains,
        @Nullable Map<String, Broken> trouble,
        @Nullable String shiftSince,
        @Nullable Map<String, String> avoided,
        @Nullable Map<String, Budget> budgets,
        @Nullable String counted,
        @Nullable Idleness idle,
        @Nullable Map<String, Benched> benches,
        @Nullable Map<String, Benched> quotas) {

    /** The version that is written, and the only one that is read. */
    static final int VERSION = 1;

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Loads(List<Long> before, List<Double> loads, List<Double> means) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Rates(List<Long> before, List<Double> rates) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Mix(Lengths prompt, Lengths output) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Lengths(List<Double> lengths, List<Double> shares) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Leaving(String since, int idleLooks, boolean finished) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Broken(
            String since,
            long generation,
            String container,
            String cause,
            @Nullable Integer exitCode,
            String message,
            int restarts) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Budget(
            double target,
            String window,
            List<Long> before,
            List<Double> arrived,
            List<Double> leastMissed,
            List<Double> mostMissed) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Idleness(String since, String last) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Benched(String until, String backoff) {}
}
