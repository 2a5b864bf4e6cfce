package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.DeclaredEngine;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencySource;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.Money;
import dev.gearshift.core.model.Objectives;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.kubernetes.api.v1alpha1.ServiceLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was promised. */
final class ObjectiveMapping {

    private static final String LATENCY = "spec.slo.latency.";
    private static final String TIME_TO_FIRST_TOKEN = "timeToFirstToken";
    private static final String TIME_PER_OUTPUT_TOKEN = "timePerOutputToken";
    private static final String END_TO_END = "endToEnd";
    private static final String WINDOW = LATENCY + "window";
    private static final Duration SHORTEST_WINDOW = Duration.ofHours(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(30);
    private static final String MAX_PER_HOUR = "spec.slo.cost.maxPerHour";

    private ObjectiveMapping() {}

    /** The objectives; a latency nobody measures is a problem, unless it is not known what the engine is. */
    static Objectives map(@Nullable ServiceLevel given, Optional<DeclaredEngine> engine, Problems problems) {
        if (given == null) {
            return new Objectives(List.of(), Defaults.BUDGET_WINDOW, Optional.empty(), Defaults.PRECEDENCE);
        }
        List<LatencyTarget> targets = new ArrayList<>();
        ServiceLevel.Latency latency = given.latency();
        if (latency != null) {
            target(TIME_TO_FIRST_TOKEN, LatencyObjective.TIME_TO_FIRST_TOKEN, latency.timeToFirstToken(), problems)
                    .ifPresent(targets::add);
            target(
                            TIME_PER_OUTPUT_TOKEN,
                            LatencyObjective.TIME_PER_OUTPUT_TOKEN,
                            latency.timePerOutputToken(),
                            problems)
                    .ifPresent(targets::add);
            target(END_TO_END, LatencyObjective.END_TO_END, latency.endToEnd(), problems)
                    .ifPresent(targets::add);
        }
        engine.ifPresent(declared -> targets.forEach(target -> measured(target.objective(), declared, problems)));
        return new Objectives(
                targets,
                window(latency == null ? null : latency.window(), problems),
                maxPerHour(given.cost(), problems),
                problems.word("spec.slo.precedence", given.precedence(), Words.PRECEDENCES, Defaults.PRECEDENCE));
    }

    private static void measured(LatencyObjective objective, DeclaredEngine engine, Problems problems) {
        if (engine.latencyFrom() == LatencySource.GATEWAY || engine.measures().contains(objective)) {
            return;
        }
        String field = field(objective);
        boolean named = engine.type() == ServingEngine.CUSTOM;
        problems.refuse(
                LATENCY + field,
                named
                        ? "has no metric in spec.engine.metrics." + field
                        : "is not measured: " + Words.ENGINES.of(engine.type()) + " does not show " + spoken(objective),
                (named ? "name the histogram there, leave the target out" : "leave it out")
                        + ", or write spec.engine.latencyFrom: "
                        + Words.LATENCY_SOURCES.of(LatencySource.GATEWAY)
                        + " when a gateway that exports "
                        + gatewayMetric(objective)
                        + " is in front");
    }

    private static String field(LatencyObjective objective) {
        return switch (objective) {
            case TIME_TO_FIRST_TOKEN -> TIME_TO_FIRST_TOKEN;
            case TIME_PER_OUTPUT_TOKEN -> TIME_PER_OUTPUT_TOKEN;
            case END_TO_END -> END_TO_END;
        };
    }

    private static String spoken(LatencyObjective objective) {
        return switch (objective) {
            case TIME_TO_FIRST_TOKEN -> "time to first token";
            case TIME_PER_OUTPUT_TOKEN -> "time per output token";
            case END_TO_END -> "end-to-end latency";
        };
    }

    private static String gatewayMetric(LatencyObjective objective) {
        return switch (objective) {
            case TIME_TO_FIRST_TOKEN -> "gen_ai_server_time_to_first_token_seconds";
            case TIME_PER_OUTPUT_TOKEN -> "gen_ai_server_time_per_output_token_seconds";
            case END_TO_END -> "gen_ai_server_request_duration_seconds";
        };
    }

    private static Duration window(@Nullable String given, Problems problems) {
        Optional<Duration> window = problems.duration(WINDOW, given);
        if (window.isPresent()
                && (window.get().compareTo(SHORTEST_WINDOW) < 0 || window.get().compareTo(LONGEST_WINDOW) > 0)) {
            problems.refuse(WINDOW, "is \"" + given + "\"", "write from 1h to 720h (30 days), such as 24h");
            return Defaults.BUDGET_WINDOW;
        }
        return window.orElse(Defaults.BUDGET_WINDOW);
    }

    private static Optional<LatencyTarget> target(
            String field, LatencyObjective objective, ServiceLevel.@Nullable Target given, Problems problems) {
        if (given == null) {
            return Optional.empty();
        }
        String path = LATENCY + field;
        Optional<Percentile> percentile = percentile(path + ".percentile", given.percentile(), problems);
        if (given.target() == null) {
            problems.missing(path + ".target", "write the longest acceptable time, such as 500ms");
            return Optional.empty();
        }
        Optional<Duration> longest = problems.duration(path + ".target", given.target());
        if (longest.isPresent() && longest.get().isZero()) {
            problems.refuse(
                    path + ".target",
                    "is \"" + given.target() + "\"",
                    "write a time longer than zero, such as 500ms, or leave " + field + " out");
            return Optional.empty();
        }
        return percentile.flatMap(
                share -> longest.map(duration -> new LatencyTarget(objective, Seconds.of(duration), share)));
    }

    private static Optional<Percentile> percentile(String path, @Nullable Double given, Problems problems) {
        double value = given == null ? Defaults.PERCENTILE : given;
        if (value < Percentile.LOWEST || value > Percentile.HIGHEST) {
            problems.refuse(path, "is " + Problems.plain(value), "write a percentile from 50 to 99.99, such as 95");
            return Optional.empty();
        }
        return Optional.of(new Percentile(value));
    }

    private static Optional<HourlyCost> maxPerHour(ServiceLevel.@Nullable Cost given, Problems problems) {
        Optional<Money> limit = problems.money(MAX_PER_HOUR, given == null ? null : given.maxPerHour());
        if (limit.isPresent() && limit.get().equals(Money.ZERO)) {
            problems.refuse(
                    MAX_PER_HOUR, "is zero", "write more than zero, such as \"12.50\", or leave it out for no limit");
            return Optional.empty();
        }
        return limit.map(Money::perHour);
    }
}
