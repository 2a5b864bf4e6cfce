package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.kubernetes.mapping.EngineFacts;
import dev.gearshift.kubernetes.mapping.Words;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of {@code docs/engines.md}, by the word that marks their place. */
final class EnginesDocument {

    private static final String YES = "yes";
    private static final String NO = "–";

    private EnginesDocument() {}

    static Map<String, String> tables() {
        Map<String, String> tables = new TreeMap<>();
        tables.put("shows", shows());
        tables.put("places", places());
        known().forEach(engine -> tables.put("names of " + word(engine), names(Dialects.of(engine))));
        return tables;
    }

    private static Stream<ServingEngine> known() {
        return Arrays.stream(ServingEngine.values()).filter(engine -> engine != ServingEngine.CUSTOM);
    }

    private static String word(ServingEngine engine) {
        return Words.ENGINES.of(engine);
    }

    private static String shows() {
        List<String> lines = new ArrayList<>(List.of(
                "| `spec.engine.type` | running, waiting | requests counted | TTFT | TPOT | end to end | tokens | lengths | KV cache in use | KV cache size |",
                "|---|---|---|---|---|---|---|---|---|---|"));
        known().forEach(engine -> {
            EngineDialect dialect = Dialects.of(engine);
            lines.add(row(
                    "`" + word(engine) + "`",
                    yes(!dialect.gauge(Gauge.RUNNING).isEmpty()),
                    engine.countsRequests() ? YES : "no: from tokens",
                    yes(!dialect.histogram(Distribution.TIME_TO_FIRST_TOKEN).isEmpty()),
                    yes(!dialect.histogram(Distribution.TIME_PER_OUTPUT_TOKEN).isEmpty()),
                    yes(!dialect.histogram(Distribution.END_TO_END).isEmpty()),
                    yes(!dialect.counter(Counter.GENERATION_TOKENS).isEmpty()),
                    yes(!dialect.histogram(Distribution.GENERATION_LENGTH).isEmpty()),
                    yes(!dialect.gauge(Gauge.KV_USAGE).isEmpty()),
                    yes(!dialect.gauge(Gauge.KV_TOKENS).isEmpty()
                            || dialect.cacheInfo().isPresent())));
        });
        return String.join("\n", lines);
    }

    private static String places() {
        List<String> lines = new ArrayList<>(List.of(
                "| `spec.engine.type` | port | metrics | health check | flag that splits a model | flag that shows metrics |",
                "|---|---|---|---|---|---|"));
        for (ServingEngine engine : ServingEngine.values()) {
            EngineFacts facts = EngineFacts.of(engine);
            lines.add(row(
                    "`" + word(engine) + "`",
                    Integer.toString(facts.port()),
                    "`:" + facts.metricsPort().orElse(facts.port()) + facts.metricsPath() + "`",
                    facts.healthPath().map(path -> "`" + path + "`").orElse("its own"),
                    facts.splittingFlag().map(flag -> "`" + flag + "`").orElse(NO),
                    facts.metricsFlag().map(flag -> "`" + flag + "`").orElse(NO)));
        }
        return String.join("\n", lines);
    }

    private static String names(EngineDialect dialect) {
        List<String> lines = new ArrayList<>(List.of("| what | names, best first |", "|---|---|"));
        dialect.gauges().forEach((kind, names) -> lines.add(row(spoken(kind), listed(names))));
        dialect.cacheInfo()
                .ifPresent(info -> lines.add(row(
                        "kv tokens",
                        "`" + info.name() + "`: labels `" + info.blocks() + "` × `" + info.blockSize() + "`")));
        dialect.counters().forEach((kind, names) -> lines.add(row(spoken(kind), listed(names))));
        dialect.histograms().forEach((kind, names) -> lines.add(row(spoken(kind), listed(names))));
        return String.join("\n", lines);
    }

    private static String listed(List<MetricName> names) {
        return names.stream().map(EnginesDocument::written).distinct().collect(Collectors.joining(", "));
    }

    private static String written(MetricName name) {
        String where = name.where().stream()
                .map(match ->
                        match.label() + (match.among() ? "=" : "!=") + "\"" + String.join("|", match.values()) + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
        return "`" + name.name() + (name.where().isEmpty() ? "" : where) + "`"
                + (name.worth() == 1 ? "" : String.format(Locale.ROOT, " ÷ %.0f", 1 / name.worth()));
    }

    private static String spoken(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String yes(boolean shown) {
        return shown ? YES : NO;
    }

    private static String row(String... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
