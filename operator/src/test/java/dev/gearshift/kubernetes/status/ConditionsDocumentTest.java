package dev.gearshift.kubernetes.status;

import static dev.gearshift.kubernetes.status.Decisions.decision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Progress;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.kubernetes.mapping.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/conditions.md} to the words that can appear in a status or an event, in both directions. */
class ConditionsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "conditions.md");
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "gearshift", "kubernetes", "status");

    /** Words of a status are written as literals there, and nothing else is. */
    private static final Pattern WORD = Pattern.compile("\"((?:[A-Z][a-z]+)+)\"");

    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\S+) .*");

    private static final String REASONS = "## Reasons of decisions";

    @Test
    void everyWordOfAStatusIsExplained() throws IOException {
        String text = Files.readString(DOCUMENT);
        assertThat(words()).contains("NameConflict", "OverHourly", "ScalingUp", "Stale", "DemandRose");
        assertThat(words()).allSatisfy(word -> assertThat(text).contains("`" + word + "`"));
        assertThat(Arrays.stream(ConditionType.values()).map(type -> "### `" + type.word() + "`"))
                .allSatisfy(heading -> assertThat(text).contains(heading));
    }

    @Test
    void nothingIsExplainedThatDoesNotExist() throws IOException {
        assertThat(words()).containsAll(rows(Files.readString(DOCUMENT)).keySet());
    }

    @Test
    void everyReasonOfADecisionHasARowThatSaysWhatEventItBecomes() throws IOException {
        String text = Files.readString(DOCUMENT);
        SortedMap<String, String> expected = new TreeMap<>();
        for (ReasonKind kind : ReasonKind.values()) {
            if (kind != ReasonKind.COSTS_MORE && kind != ReasonKind.TOO_SMALL) {
                expected.put(Words.REASONS.of(kind), event(kind));
            }
        }
        assertThat(rows(text.substring(text.indexOf(REASONS)))).containsExactlyEntriesOf(expected);
    }

    private static String event(ReasonKind kind) {
        return DecisionEvents.of(
                        Optional.empty(), decision().because(Reason.of(kind)).make())
                .stream()
                .map(event -> event.warning() ? "`Warning`" : "`Normal`")
                .findFirst()
                .orElse("none");
    }

    private static SortedSet<String> words() throws IOException {
        SortedSet<String> words = new TreeSet<>();
        Arrays.stream(Progress.values()).map(Words.PROGRESS::of).forEach(word -> words.add(word));
        Arrays.stream(Freshness.values()).map(Words.FRESHNESS::of).forEach(word -> words.add(word));
        Arrays.stream(ReasonKind.values()).map(Words.REASONS::of).forEach(word -> words.add(word));
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.sorted().toList()) {
                Matcher word = WORD.matcher(Files.readString(file));
                while (word.find()) {
                    words.add(word.group(1));
                }
            }
        }
        return words;
    }

    /** The second cell of every row, by the word in the first. */
    private static SortedMap<String, String> rows(String text) {
        SortedMap<String, String> rows = new TreeMap<>();
        List<String> lines = text.lines().toList();
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), row.group(2));
            }
        }
        return rows;
    }
}
