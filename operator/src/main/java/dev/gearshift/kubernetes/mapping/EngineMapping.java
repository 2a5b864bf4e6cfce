package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.DeclaredEngine;
import dev.gearshift.core.model.EngineMetricNames;
import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.kubernetes.api.v1alpha1.EngineChoice;
import dev.gearshift.kubernetes.api.v1alpha1.GearshiftApi;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The engine a model is served by. */
public final class EngineMapping {

    private static final String PATH = "spec.engine.";
    private static final String METRICS = PATH + "metrics";
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern METRIC = Pattern.compile(GearshiftApi.METRIC);

    private EngineMapping() {}

    /** The engine of a declaration whatever else is wrong with it; empty when it is not known what it is. */
    public static Optional<EngineEndpoint> read(@Nullable EngineChoice given) {
        return map(given, new Problems(null));
    }

    /** The engine of a declaration; empty when it is not known what it is, which is a problem. */
    static Optional<EngineEndpoint> map(@Nullable EngineChoice given, Problems problems) {
        if (given == null) {
            return Optional.of(endpoint(DeclaredEngine.VLLM, null, problems));
        }
        Optional<ServingEngine> type = given.type() == null
                ? Optional.of(Defaults.ENGINE)
                : problems.word(PATH + "type", given.type(), Words.ENGINES);
        return type.flatMap(engine -> declared(engine, given, problems))
                .map(engine -> endpoint(engine, given, problems));
    }

    private static Optional<DeclaredEngine> declared(ServingEngine type, EngineChoice given, Problems problems) {
        EngineChoice.MetricNames names = given.metrics();
        if (type != ServingEngine.CUSTOM && names != null) {
            problems.refuse(
                    METRICS,
                    "names metrics, but those of " + Words.ENGINES.of(type) + " are built in",
                    "remove it, or write spec.engine.type: " + Words.ENGINES.of(ServingEngine.CUSTOM));
        } else if (type == ServingEngine.CUSTOM && names == null) {
            problems.missing(
                    METRICS,
                    "name what the engine calls its metrics, at least running, waiting and completed, or write a"
                            + " spec.engine.type that is built in");
        }
        Optional<EngineMetricNames> metrics = type == ServingEngine.CUSTOM && names != null
                ? new MetricNamesMapping(problems).map(names)
                : Optional.empty();
        return type == ServingEngine.CUSTOM && metrics.isEmpty()
                ? Optional.empty()
                : Optional.of(new DeclaredEngine(
                        type,
                        problems.word(
                                PATH + "latencyFrom",
                                given.latencyFrom(),
                                Words.LATENCY_SOURCES,
                                Defaults.LATENCY_FROM),
                        metrics));
    }

    private static EngineEndpoint endpoint(DeclaredEngine engine, @Nullable EngineChoice given, Problems problems) {
        EngineFacts facts = EngineFacts.of(engine.type());
        if (given == null) {
            return new EngineEndpoint(
                    engine, facts.port(), facts.metricsPort().orElse(facts.port()), facts.metricsPath());
        }
        String path = given.metricsPath() == null ? facts.metricsPath() : given.metricsPath();
        if (!path.startsWith("/")) {
            problems.refuse(
                    PATH + "metricsPath", "is \"" + path + "\"", "start it with '/', such as " + facts.metricsPath());
        }
        int port = problems.whole(PATH + "port", given.port(), facts.port(), 1, HIGHEST_PORT);
        int metricsPort = problems.whole(
                PATH + "metricsPort", given.metricsPort(), facts.metricsPort().orElse(port), 1, HIGHEST_PORT);
        return new EngineEndpoint(engine, port, metricsPort, path);
    }

    /** Names of metrics, as they are declared. */
    private record MetricNamesMapping(Problems problems) {

        Optional<EngineMetricNames> map(EngineChoice.MetricNames given) {
            Optional<String> running = required("running", given.running());
            Optional<String> waiting = required("waiting", given.waiting());
            Optional<String> completed = required("completed", given.completed());
            Optional<String> failed = name("failed", given.failed());
            Optional<String> promptTokens = name("promptTokens", given.promptTokens());
            Optional<String> generationTokens = name("generationTokens", given.generationTokens());
            Optional<String> first = histogram("timeToFirstToken", given.timeToFirstToken());
            Optional<String> perToken = histogram("timePerOutputToken", given.timePerOutputToken());
            Optional<String> endToEnd = histogram("endToEnd", given.endToEnd());
            Optional<String> promptLength = histogram("promptLength", given.promptLength());
            Optional<String> generationLength = histogram("generationLength", given.generationLength());
            Optional<String> kvTokens = name("kvTokens", given.kvTokens());
            return running.isEmpty() || waiting.isEmpty() || completed.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new EngineMetricNames(
                            running.get(),
                            waiting.get(),
                            completed.get(),
                            failed,
                            promptTokens,
                            generationTokens,
                            first,
                            perToken,
                            endToEnd,
                            promptLength,
                            generationLength,
                            kvTokens));
        }

        private Optional<String> required(String field, @Nullable String given) {
            if (given == null) {
                problems.missing(
                        METRICS + "." + field, "write the name the engine gives it, such as my_requests_" + field);
            }
            return name(field, given);
        }

        private Optional<String> histogram(String field, @Nullable String given) {
            Optional<String> name = name(field, given);
            if (name.isPresent() && name.get().endsWith("_bucket")) {
                problems.refuse(
                        METRICS + "." + field,
                        "is \"" + given + "\", a series of a histogram",
                        "write the histogram's own name, without _bucket");
                return Optional.empty();
            }
            return name;
        }

        private Optional<String> name(String field, @Nullable String given) {
            if (given != null
                    && (given.length() > GearshiftApi.METRIC_LENGTH
                            || !METRIC.matcher(given).matches())) {
                problems.refuse(
                        METRICS + "." + field,
                        "is \"" + given + "\", which is no name of a metric",
                        "write letters, digits, '_' and ':' only, such as my_requests_total, without labels");
                return Optional.empty();
            }
            return Optional.ofNullable(given);
        }
    }
}
