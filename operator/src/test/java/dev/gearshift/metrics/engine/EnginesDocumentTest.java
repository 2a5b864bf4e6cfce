package dev.gearshift.metrics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds the tables of {@code docs/engines.md} to the dialects and to what is known of engines. After a change that is meant, run
 * {@code mvn -pl operator test -Dtest=EnginesDocumentTest -Dgearshift.engines.write=true} and commit the difference.
 */
class EnginesDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "engines.md");
    private static final Pattern PLACE = Pattern.compile("<!-- (.+) -->\n(?:\\|.*\n)*");

    @Test
    void everyTableIsWhatTheCodeSays() throws IOException {
        String text = Files.readString(DOCUMENT);
        Map<String, String> tables = EnginesDocument.tables();
        SortedSet<String> places = new TreeSet<>();
        String expected = PLACE.matcher(text).replaceAll(place -> {
            places.add(place.group(1));
            return Matcher.quoteReplacement("<!-- " + place.group(1) + " -->\n" + tables.get(place.group(1)) + "\n");
        });
        assertThat(places).isEqualTo(tables.keySet());
        if (Boolean.getBoolean("gearshift.engines.write")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(DOCUMENT).hasContent(expected);
    }
}
