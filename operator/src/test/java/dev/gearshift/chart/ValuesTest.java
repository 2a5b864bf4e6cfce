package dev.gearshift.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the values of the charts, their schema, their table and what they do to each other. */
class ValuesTest {

    private static final String BEGIN = "<!-- values: written by ValuesTest -->\n";
    private static final String END = "<!-- end of values -->";
    private static final Pattern TABLE = Pattern.compile("(?s)" + BEGIN + "(.*)" + END);
    private static final JsonNode SAMPLES = samples();

    private static JsonNode samples() {
        try {
            return Chart.yaml(Files.readString(Path.of("src", "test", "resources", "chart", "samples.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> described() throws IOException {
        return ValuesTable.rows(Chart.GEARSHIFT).stream().map(ValuesTable.Row::path);
    }

    @ParameterizedTest
    @EnumSource(Chart.class)
    void theReadmeHasTheTableOfValues(Chart chart) throws IOException {
        Path file = chart.file("README.md");
        String text = Files.readString(file);
        String expected = TABLE.matcher(text)
                .replaceFirst(match -> Matcher.quoteReplacement(BEGIN + uncheckedMarkdown(chart) + END));
        if (ChartWriting.IS_ON) {
            Files.writeString(file, expected);
        }
        assertThat(text).contains(BEGIN, END);
        assertThat(file).as(ChartWriting.HINT, "ValuesTest", file).hasContent(expected);
    }

    @ParameterizedTest
    @EnumSource(Chart.class)
    void everyValueIsDescribedAndInTheSchema(Chart chart) throws IOException {
        List<String> described =
                ValuesTable.rows(chart).stream().map(ValuesTable.Row::path).toList();
        List<String> leaves = new ArrayList<>();
        leaves(chart.read("values.yaml"), "", leaves);
        assertThat(leaves)
                .isNotEmpty()
                .allSatisfy(leaf -> assertThat(described)
                        .as("%s has a comment that begins with two dashes", leaf)
                        .anyMatch(path -> leaf.equals(path) || leaf.startsWith(path + ".")));
        JsonNode schema = chart.read("values.schema.json");
        assertThat(described)
                .doesNotHaveDuplicates()
                .allSatisfy(path -> assertThat(schemaOf(schema, path).isMissingNode())
                        .as("%s is in the schema", path)
                        .isFalse());
    }

    @ParameterizedTest
    @MethodSource("described")
    void everyValueChangesWhatIsRendered(String path) {
        JsonNode sample = SAMPLES.path("samples").path(path);
        assertThat(sample.isMissingNode()).as("samples.yaml has %s", path).isFalse();
        ObjectNode base = SAMPLES.path("base").deepCopy();
        if (SAMPLES.path("needs").path(path) instanceof ObjectNode needs) {
            base.setAll(needs);
        }
        ObjectNode changed = base.deepCopy();
        set(changed, path, sample);
        assertThat(Chart.GEARSHIFT.text(changed.toString())).isNotEqualTo(Chart.GEARSHIFT.text(base.toString()));
    }

    @Test
    void everySampleIsOfAValue() throws IOException {
        List<String> samples = new ArrayList<>();
        SAMPLES.path("samples").fieldNames().forEachRemaining(samples::add);
        assertThat(samples).containsExactlyInAnyOrderElementsOf(described().toList());
    }

    private static String uncheckedMarkdown(Chart chart) {
        try {
            return ValuesTable.markdown(chart);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void leaves(JsonNode node, String path, List<String> found) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(field -> leaves(
                            field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), found));
        } else {
            found.add(path);
        }
    }

    private static JsonNode schemaOf(JsonNode root, String path) {
        JsonNode schema = root;
        for (String key : Pattern.compile("\\.").splitAsStream(path).toList()) {
            if (schema.has("$ref")) {
                schema = root.at(schema.path("$ref").asText().substring(1));
            }
            schema = schema.path("properties").path(key);
        }
        return schema;
    }

    private static void set(ObjectNode values, String path, JsonNode value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            values.set(path, value);
        } else {
            set(values.withObjectProperty(path.substring(0, dot)), path.substring(dot + 1), value);
        }
    }
}
