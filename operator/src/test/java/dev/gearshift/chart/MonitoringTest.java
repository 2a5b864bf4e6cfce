package dev.gearshift.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.kubernetes.mapping.EngineFacts;
import dev.gearshift.kubernetes.mapping.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Alerts and dashboards ask for what the operator shows, and engines are scraped where they show their metrics. */
class MonitoringTest {

    private static final Path METRICS = Path.of("..", "docs", "metrics.md");
    private static final Path CONDITIONS = Path.of("..", "docs", "conditions.md");
    private static final Pattern ROW = Pattern.compile("\\| `(gearshift_\\w+)` \\| (\\w+) \\|([^|]*)\\|.*");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final Pattern SERIES = Pattern.compile("\\b(gearshift_\\w+)(?:\\{([^}]*)\\})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*[=!]~?\\s*\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern COMMA = Pattern.compile(", ?");
    private static final String EVERYTHING = Chart.IMAGE + """
            prometheus: {url: "http://prometheus:9090"}
            prometheusRule: {enabled: true, budget: {fleetDollarsPerHour: 5, namespaceDollarsPerHour: {team-a: 1.5}}}
            grafana: {dashboards: {enabled: true}}
            """;

    @Test
    void alertsAskForMetricsAndLabelsThereAre() throws IOException {
        List<String> asked = new ArrayList<>();
        JsonNode rules = Chart.GEARSHIFT.object("PrometheusRule", EVERYTHING);
        rules.path("spec")
                .path("groups")
                .forEach(group -> group.path("rules")
                        .forEach(rule -> asked.add(rule.path("expr").asText())));
        assertThat(asked).hasSizeGreaterThan(10);
        areDocumented(asked);
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatItIs() {
        JsonNode groups = Chart.GEARSHIFT.object("PrometheusRule", EVERYTHING).at("/spec/groups");
        assertThat(groups).isNotEmpty();
        Set<String> names = new TreeSet<>();
        groups.forEach(group -> group.path("rules").forEach(rule -> {
            if (rule.has("alert")) {
                String alert = rule.path("alert").asText();
                assertThat(names.add(alert)).as("%s once", alert).isTrue();
                assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
                assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
                assertThat(rule.at("/annotations/description").asText()).endsWith(".");
            }
        }));
    }

    @Test
    void dashboardsAreJsonAndAskForMetricsAndLabelsThereAre() throws IOException {
        List<JsonNode> dashboards = Chart.GEARSHIFT.objects("ConfigMap", EVERYTHING);
        assertThat(dashboards).hasSize(3);
        for (JsonNode map : dashboards) {
            JsonNode board = Chart.yaml(map.path("data").elements().next().asText());
            assertThat(board.path("uid").asText()).startsWith("gearshift-");
            List<String> asked = new ArrayList<>();
            Set<Integer> ids = new TreeSet<>();
            board.path("panels").forEach(panel -> {
                assertThat(ids.add(panel.path("id").asInt())).isTrue();
                panel.path("targets")
                        .forEach(target -> asked.add(target.path("expr").asText()));
            });
            board.at("/templating/list").forEach(variable -> {
                if (variable.path("type").asText().equals("query")) {
                    asked.add(variable.at("/query/query").asText());
                }
            });
            assertThat(asked).hasSizeGreaterThan(5);
            areDocumented(asked);
        }
    }

    @ParameterizedTest
    @EnumSource(ServingEngine.class)
    void anEngineIsScrapedWhereItShowsItsMetrics(ServingEngine engine) {
        EngineFacts facts = EngineFacts.of(engine);
        JsonNode monitor = Chart.GEARSHIFT.object(
                "PodMonitor",
                Chart.IMAGE + "podMonitor: {enabled: true, engines: [{type: %s}]}".formatted(Words.ENGINES.of(engine)));
        assertThat(monitor.at("/spec/podTargetLabels"))
                .extracting(JsonNode::asText)
                .containsExactly("gearshift.dev/model-deployment", "gearshift.dev/tier");
        JsonNode endpoint = monitor.at("/spec/podMetricsEndpoints/0");
        assertThat(endpoint.path("path").asText()).isEqualTo(facts.metricsPath());
        JsonNode relabelings = endpoint.path("relabelings");
        assertThat(relabelings.at("/0/regex").asText()).isEqualTo("engine;" + facts.port());
        assertThat(relabelings.at("/1/replacement").asText())
                .isEqualTo(facts.metricsPort().map(port -> "$1:" + port).orElse(""));
    }

    @Test
    void anEngineWithAPortOfItsOwnIsScrapedThere() {
        JsonNode relabelings = Chart.GEARSHIFT
                .object("PodMonitor", Chart.IMAGE + "podMonitor: {enabled: true, engines: [{type: VLLM, port: 9000}]}")
                .at("/spec/podMetricsEndpoints/0/relabelings");
        assertThat(relabelings).hasSize(1);
        assertThat(relabelings.at("/0/regex").asText()).isEqualTo("engine;9000");
    }

    private static void areDocumented(List<String> expressions) throws IOException {
        Map<String, Set<String>> documented = documented();
        String conditions = Files.readString(CONDITIONS);
        for (String expression : expressions) {
            Set<String> labels = new TreeSet<>();
            Matcher series = SERIES.matcher(expression);
            while (series.find()) {
                Set<String> known = documented.get(series.group(1));
                assertThat(known)
                        .as("%s in %s is in docs/metrics.md", series.group(1), expression)
                        .isNotNull();
                labels.addAll(known == null ? Set.of() : known);
                Matcher matcher = MATCHER.matcher(series.group(2) == null ? "" : series.group(2));
                while (matcher.find()) {
                    assertThat(known).as(expression).contains(matcher.group(1));
                    if (matcher.group(1).equals("reason")) {
                        for (String reason : matcher.group(2).split("\\|", -1)) {
                            assertThat(conditions).contains("| `" + reason + "` |");
                        }
                    }
                }
            }
            Matcher by = BY.matcher(expression);
            while (by.find() && !labels.isEmpty()) {
                assertThat(COMMA.splitAsStream(by.group(1)))
                        .as("labels in %s", expression)
                        .isSubsetOf(labels);
            }
        }
    }

    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> metrics = new TreeMap<>();
        for (String line : Files.readAllLines(METRICS)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> labels = new TreeSet<>();
                NAME.matcher(row.group(3)).results().forEach(label -> labels.add(label.group(1)));
                List<String> suffixes =
                        row.group(2).equals("histogram") ? List.of("_bucket", "_sum", "_count") : List.of("");
                suffixes.forEach(suffix -> metrics.put(row.group(1) + suffix, labels));
            }
        }
        return metrics;
    }
}
