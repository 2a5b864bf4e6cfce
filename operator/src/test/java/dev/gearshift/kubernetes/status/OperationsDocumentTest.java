package dev.gearshift.kubernetes.status;

import static dev.gearshift.kubernetes.status.Decisions.decision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/operations.md} to the events and conditions there are, in both directions. */
class OperationsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "operations.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\S+) [^|]*\\|");

    @Test
    void everyEventHasARowWithItsKind() throws IOException {
        SortedMap<String, String> expected = new TreeMap<>();
        for (ReasonKind kind : ReasonKind.values()) {
            DecisionEvents.of(
                            Optional.empty(),
                            decision().because(Reason.of(kind)).make())
                    .forEach(event -> expected.put(event.reason(), event.warning() ? "Warning" : "Normal"));
        }
        assertThat(expected).hasSizeGreaterThan(30);
        assertThat(rows("Events")).containsExactlyEntriesOf(expected);
    }

    @Test
    void everyConditionHasARow() throws IOException {
        assertThat(rows("Conditions").keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ConditionType.values())
                        .map(ConditionType::word)
                        .toList());
    }

    /** The second cell of every row of a section, up to its first blank, by the word in the first. */
    private static SortedMap<String, String> rows(String section) throws IOException {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf("\n## " + section + "\n");
        assertThat(begin).as(section).isPositive();
        int end = text.indexOf("\n## ", begin + 1);
        Matcher row = ROW.matcher(end < 0 ? text.substring(begin) : text.substring(begin, end));
        SortedMap<String, String> rows = new TreeMap<>();
        while (row.find()) {
            rows.put(row.group(1), row.group(2));
        }
        return rows;
    }
}
