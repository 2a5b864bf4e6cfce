package dev.gearshift.metrics.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.metrics.engine.Series;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionParserTest {

    private final List<Series> read = new ArrayList<>();

    private ExpositionParser.Summary parse(String page) throws IOException {
        return ExpositionParser.parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), read::add);
    }

    @Test
    void readsNamesLabelsAndValues() throws IOException {
        parse("# TYPE a counter\na_total{x=\"1\", y=\"zwei\",} 3 \n\nb 1.5e-3\r\nc{} +Inf\nd NaN\n");
        assertThat(read).hasSize(4);
        assertThat(read.get(0))
                .isEqualTo(new Series("a_total", new TreeMap<>(java.util.Map.of("x", "1", "y", "zwei")), 3));
        assertThat(read.get(1).value()).isEqualTo(.0015);
        assertThat(read.get(2).value()).isInfinite();
        assertThat(read.get(3).value()).isNaN();
    }

    @Test
    void unescapesLabelValues() throws IOException {
        parse("a{path=\"C:\\\\dir\",say=\"\\\"hi\\\"\\n\",brace=\"}, {\"} 1\n");
        assertThat(read.get(0).labels())
                .containsEntry("path", "C:\\dir")
                .containsEntry("say", "\"hi\"\n")
                .containsEntry("brace", "}, {");
    }

    @Test
    void toleratesTimestampsExemplarsAndTheEndMark() throws IOException {
        ExpositionParser.Summary summary =
                parse("a 1 1395066363000\nb_bucket{le=\"1\"} 2 # {id=\"x\"} 0.67 1.5\n# EOF\nnot read 1 2 3\n");
        assertThat(summary).isEqualTo(new ExpositionParser.Summary(2, 0, true));
        assertThat(read.get(1).value()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a{} ",
                "1a 2",
                "a{x} 1",
                "a{x=1} 1",
                "a{x=\"1\" 1",
                "a{x=\"1} 1",
                "a{x=\"\\t\"} 1",
                "a 1d",
                "a 0x1p3",
                "a 1 2 3",
                "a{x=\"1\",x=\"2\"} 1",
                "a one",
                "{x=\"1\"} 1",
                "a{x=\"1\"y=\"2\"} 1",
                "a 1e",
                "a Infinity"
            })
    void countsAndSkipsAMalformedLine(String line) throws IOException {
        assertThat(parse(line + "\ngood 1\n")).isEqualTo(new ExpositionParser.Summary(1, 1, true));
        assertThat(read.get(0).name()).isEqualTo("good");
    }

    @Test
    void doesNotTrustALastLineThatMayHaveBeenCut() throws IOException {
        assertThat(parse("a 1\nb 1234")).isEqualTo(new ExpositionParser.Summary(1, 1, true));
        assertThat(parse("a 1\n# EOF")).isEqualTo(new ExpositionParser.Summary(1, 0, true));
    }

    @Test
    void skipsLinesThatAreTooLongAndStopsAfterTooManySeries() throws IOException {
        assertThat(parse("a{x=\"" + "y".repeat(ExpositionParser.LONGEST_LINE) + "\"} 1\ngood 1\n"))
                .isEqualTo(new ExpositionParser.Summary(1, 1, true));
        assertThat(parse("a 1\n".repeat(ExpositionParser.MOST_SERIES + 5)))
                .isEqualTo(new ExpositionParser.Summary(ExpositionParser.MOST_SERIES, 0, false));
    }
}
