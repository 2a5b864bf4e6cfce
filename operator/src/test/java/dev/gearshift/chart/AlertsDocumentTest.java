package dev.gearshift.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/operations.md} to the chart's alerts, in both directions. */
class AlertsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "operations.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(Gearshift\\w+)` \\| (\\w+) \\|");
    private static final String EVERY_ALERT = Chart.IMAGE + """
            prometheus: {url: "http://prometheus:9090"}
            prometheusRule: {enabled: true, budget: {fleetDollarsPerHour: 5, namespaceDollarsPerHour: {team-a: 1.5}}}
            """;

    @Test
    void everyAlertHasARowWithItsSeverity() throws IOException {
        SortedMap<String, String> expected = new TreeMap<>();
        JsonNode groups = Chart.GEARSHIFT.object("PrometheusRule", EVERY_ALERT).at("/spec/groups");
        groups.forEach(group -> group.path("rules").forEach(rule -> {
            if (rule.has("alert")) {
                expected.put(
                        rule.path("alert").asText(), rule.at("/labels/severity").asText());
            }
        }));
        SortedMap<String, String> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(DOCUMENT));
        while (row.find()) {
            documented.put(row.group(1), row.group(2));
        }
        assertThat(expected).hasSizeGreaterThan(10);
        assertThat(documented).containsExactlyEntriesOf(expected);
    }
}
