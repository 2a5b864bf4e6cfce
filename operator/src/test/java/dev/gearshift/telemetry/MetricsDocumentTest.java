package dev.gearshift.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.loop.PriceSource;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/metrics.md} to what a registry shows: names, types and labels, in both directions. */
final class MetricsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
    private static final Pattern ROW =
            Pattern.compile("\\| `(gearshift_\\w+)` \\| (\\w+) \\|([^|]*)\\|[^|]+\\|[^|]+\\|");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
    private static final Pattern LABEL = Pattern.compile("[`{,](\\w+)(?:`|=\")");

    private record Described(String type, SortedSet<String> labels) {}

    @Test
    void theTableIsWhatTheRegistryShows() throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new DecisionMeters(registry)
                .publish(Decisions.outcome(Decisions.of("chat").made()), Decisions.NOW);
        new PlanningFailures(registry).publish(Decisions.outcome(), Decisions.NOW);
        ProcessMeters.addTo(registry, "1.2.0");
        new QueryMeters(registry);
        new TierMeters(registry)
                .quoted(List.of(TierMetersTest.tier(
                        Optional.of(72), Optional.of(430), PriceSource.DECLARED, Optional.empty())));
        HandTicker hand = new HandTicker();
        new TimedTicker(hand, registry).every("planning", Duration.ofSeconds(15), now -> {});
        hand.tick(Decisions.NOW);

        Map<String, Described> shown = shown(registry.scrape());

        assertThat(shown).isNotEmpty();
        assertThat(documented()).containsExactlyEntriesOf(shown);
    }

    private static SortedMap<String, Described> documented() throws IOException {
        SortedMap<String, Described> rows = new TreeMap<>();
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .forEach(row -> rows.put(row.group(1), new Described(row.group(2), labels(row.group(3)))));
        }
        return rows;
    }

    private static SortedMap<String, Described> shown(String page) {
        SortedMap<String, Described> families = new TreeMap<>();
        SortedSet<String> seen = new TreeSet<>();
        for (String line : page.lines()
                .filter(line -> line.matches("(# TYPE )?gearshift_.*"))
                .toList()) {
            Matcher type = TYPE.matcher(line);
            if (type.matches()) {
                seen = new TreeSet<>();
                families.put(type.group(1), new Described(type.group(2), seen));
            } else if (!line.startsWith("#")) {
                SortedSet<String> labels = labels(line);
                labels.remove("le");
                seen.addAll(labels);
            }
        }
        return families;
    }

    private static SortedSet<String> labels(String text) {
        SortedSet<String> labels = new TreeSet<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.add(label.group(1));
        }
        return labels;
    }
}
