package dev.gearshift.metrics.prometheus;

import dev.gearshift.metrics.Windows;
import dev.gearshift.prometheus.PromQl;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes queries about what gateways and endpoint pickers show, grouped by namespace and the name a model is served under. Where one thing
 * has several names, the first that shows a model counts: components export old and new names side by side, and clients count
 * the requests their gateway counts too. Series that differ only by labels of the scrape are one, as they are of engines.
 *
 * <p>A counter that is gone says zero for an hour, for a gateway that restarts has forgotten who was quiet. It says so only while
 * anything that bears the metric's name is scraped in the same job and namespace: of a gateway that nobody scrapes nothing is known.
 *
 * <p>Sources: OpenTelemetry's conventions for generative AI; Envoy AI Gateway and agentgateway, which export them with and without a
 * unit and under a prefix; the Gateway API Inference Extension and the llm-d router, whose prefixes changed three times.
 */
final class OutsideExpressions {

    /** A source that has not shown a model for so long does not know it. */
    static final Duration KNOWN_WITHIN = Duration.ofHours(1);

    /** The label that tells where a series is of: of its pod, or where pods have no label, of its address. */
    private static final String AT = "gearshift_at";

    /** The name a request gave the model. */
    static final String GATEWAY_MODEL = "gen_ai_request_model";

    /** The name a request gave the model, and the name it was sent on with. */
    static final String PICKER_MODEL = "model_name";

    static final String PICKER_TARGET = "target_model_name";

    private static final List<String> GATEWAY_REQUESTS = List.of(
            "gen_ai_server_request_duration_seconds",
            "agentgateway_gen_ai_server_request_duration",
            "gen_ai_server_request_duration",
            "gen_ai_client_operation_duration_seconds");
    private static final List<String> GATEWAY_FIRST_TOKEN = List.of(
            "gen_ai_server_time_to_first_token_seconds",
            "agentgateway_gen_ai_server_time_to_first_token",
            "gen_ai_server_time_to_first_token");
    private static final List<String> GATEWAY_PER_TOKEN = List.of(
            "gen_ai_server_time_per_output_token_seconds",
            "agentgateway_gen_ai_server_time_per_output_token",
            "gen_ai_server_time_per_output_token");
    private static final List<String> PICKER = List.of("llm_d_epp", "llm_d_router_epp");

    private final TargetLabels labels;
    private final Windows windows;
    private final String only;

    OutsideExpressions(TargetLabels labels, Windows windows) {
        this.labels = labels;
        this.windows = windows;
        this.only = labels.only().entrySet().stream()
                .map(entry -> PromQl.among(entry.getKey(), List.of(entry.getValue())))
                .collect(Collectors.joining(","));
    }

    /** What is asked, by the sources in use. */
    Map<Kind, String> demand(boolean gateway, boolean picker) {
        Map<Kind, String> parts = new EnumMap<>(Kind.class);
        if (gateway) {
            List<String> counts =
                    GATEWAY_REQUESTS.stream().map(name -> name + "_count").toList();
            counter(parts, Kind.GATEWAY_RATE, Kind.GATEWAY_NEW, counts, GATEWAY_MODEL);
        }
        if (picker) {
            String[] by = {PICKER_MODEL, PICKER_TARGET};
            List<String> older = List.of("inference_objective", "inference_model");
            counter(parts, Kind.PICKER_RATE, Kind.PICKER_NEW, names("_request_total", older), by);
            counter(parts, Kind.PICKER_REFUSED_RATE, Kind.PICKER_REFUSED_NEW, names("_request_error_total", older), by);
            parts.put(
                    Kind.PICKER_WAITING,
                    first(
                            names("_flow_control_queue_size", List.of("inference_extension")),
                            metric -> sum(once("max_over_time(" + metric + window(windows.planning()) + ")"), by),
                            by));
        }
        return parts;
    }

    /** Latencies of answers that were whole, as a gateway measures them: cumulative buckets, and sums without {@code le}. */
    Map<Kind, String> latencies() {
        Map<Kind, String> parts = new EnumMap<>(Kind.class);
        parts.put(Kind.GATEWAY_FIRST_TOKEN, histogram(GATEWAY_FIRST_TOKEN));
        parts.put(Kind.GATEWAY_PER_TOKEN, histogram(GATEWAY_PER_TOKEN));
        parts.put(Kind.GATEWAY_WHOLE, histogram(GATEWAY_REQUESTS));
        return parts;
    }

    private void counter(Map<Kind, String> parts, Kind rate, Kind begun, List<String> names, String... by) {
        String window = window(windows.planning());
        // Zeros come after the rates of all names: before them, those of a name that is no longer used would hide what
        // replaced it.
        parts.put(
                rate,
                first(names, metric -> sum(once("rate(" + metric + window + ")"), by), by)
                        + names.stream()
                                .map(name -> " or 0 * " + sum(remembered(name, by[0] + "!=\"\""), by))
                                .collect(Collectors.joining()));
        // A counter that begins at one has no rate: it is a request, unless only the scraping began.
        String before = " offset " + seconds(windows.planning());
        parts.put(
                begun,
                first(
                        names,
                        metric -> sum(
                                once("clamp_max((" + metric + " unless " + metric + before
                                        + ") and on (job, instance) (up{" + only + "}" + before + " == 1), 1)"),
                                by),
                        by));
    }

    /** What was there within the hour, where its source is alive. */
    private String remembered(String name, String matcher) {
        return "last_over_time(" + selector(name, matcher) + window(KNOWN_WITHIN) + ") and on (" + labels.namespace()
                + ", job) last_over_time(" + selector(name, "") + window(alive()) + ")";
    }

    /** How lately a source must have been scraped: two scrapes fit in, whoever is slow. */
    private Duration alive() {
        Duration two = windows.interval().multipliedBy(2);
        return two.compareTo(Windows.STALE_AT_MOST) > 0 ? two : Windows.STALE_AT_MOST;
    }

    private String histogram(List<String> names) {
        String window = window(windows.verdict());
        String whole = "error_type=\"\"";
        return names.stream()
                .map(name -> "("
                        + sum(once("increase(" + selector(name + "_bucket", whole) + window + ")"), GATEWAY_MODEL, "le")
                        + " or "
                        + sum(once("increase(" + selector(name + "_sum", whole) + window + ")"), GATEWAY_MODEL) + ")")
                .collect(Collectors.joining(" or on (" + GATEWAY_MODEL + ") "));
    }

    /** Each series once, however often it is scraped. */
    private String once(String expression) {
        String at = PromQl.quoted(AT);
        return "max without (" + Expressions.SCRAPE_LABELS + ") (label_replace(label_join(" + expression + ", " + at
                + ", \"|\", " + PromQl.quoted(labels.pod()) + ", \"instance\"), " + at + ", \"$1\", " + at
                + ", \"(.+)[|].*\"))";
    }

    private static List<String> names(String suffix, List<String> older) {
        return Stream.concat(PICKER.stream(), older.stream())
                .map(prefix -> prefix + suffix)
                .toList();
    }

    /** What is made of the first metric that shows a model. */
    private String first(List<String> names, UnaryOperator<String> of, String... by) {
        return names.stream()
                .map(name -> "(" + of.apply(selector(name, by[0] + "!=\"\"")) + ")")
                .collect(Collectors.joining(" or on (" + String.join(", ", by) + ") "));
    }

    private String sum(String expression, String... by) {
        String group = Arrays.stream(by).collect(Collectors.joining(", "));
        return "sum by (" + labels.namespace() + ", " + group + ") (" + expression + ")";
    }

    private String selector(String name, String matcher) {
        return name + "{" + matcher + (matcher.isEmpty() || only.isEmpty() ? "" : ",") + only + "}";
    }

    private static String window(Duration span) {
        return "[" + seconds(span) + "]";
    }

    private static String seconds(Duration span) {
        return span.toMillis() % 1000 == 0 ? span.toSeconds() + "s" : span.toMillis() + "ms";
    }
}
