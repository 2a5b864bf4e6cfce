package dev.gearshift.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where this machine has promtool, Prometheus itself reads every query and plays the alerts on made-up series. */
class PromtoolTest {

    private static final Optional<Tool> PROMTOOL = Tool.find("promtool");
    private static final String EVERYTHING = Chart.IMAGE + """
            prometheus: {url: "http://prometheus:9090"}
            prometheusRule: {enabled: true, budget: {fleetDollarsPerHour: 5, namespaceDollarsPerHour: {team-a: 1.5}}}
            grafana: {dashboards: {enabled: true}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void thereIsPromtool() {
        assumeTrue(PROMTOOL.isPresent(), "there is no promtool on the path");
    }

    @Test
    void alertsFireWhenTheyShouldAndOnlyThen() throws Exception {
        Files.writeString(
                directory.resolve("rules.yaml"),
                Chart.GEARSHIFT
                        .object("PrometheusRule", EVERYTHING)
                        .path("spec")
                        .toString());
        Files.copy(Path.of("src", "test", "resources", "chart", "alerts.yaml"), directory.resolve("alerts.yaml"));
        succeeds("check", "rules", "rules.yaml");
        succeeds("test", "rules", "alerts.yaml");
    }

    @Test
    void everyQueryOfADashboardIsUnderstood() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n- name: dashboards\n  rules:\n");
        for (JsonNode map : Chart.GEARSHIFT.objects("ConfigMap", EVERYTHING)) {
            JsonNode board = Chart.yaml(map.path("data").elements().next().asText());
            board.path("panels")
                    .forEach(panel -> panel.path("targets")
                            .forEach(target -> rules.append("  - record: query:%s:%s%s%n    expr: %s%n"
                                    .formatted(
                                            board.path("uid").asText().replace('-', '_'),
                                            panel.path("id").asText(),
                                            target.path("refId").asText(),
                                            target.path("expr")))));
        }
        Files.writeString(
                directory.resolve("queries.yaml"),
                rules.toString().replace("$__rate_interval", "5m").replace("$__range", "1h"));
        succeeds("check", "rules", "queries.yaml");
    }

    private void succeeds(String... arguments) throws IOException, InterruptedException {
        Tool.Run run = PROMTOOL.orElseThrow().in(directory, arguments);
        assertThat(run.code()).as(run.output()).isZero();
    }
}
