package dev.gearshift.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares what Helm renders with files, as text. A case is a directory whose name begins with that of its chart, with
 * {@code values.yaml} and {@code rendered.yaml}. After a change that is meant, run
 * {@code mvn -pl operator test -Dtest=GoldenChartTest -Dgearshift.chart.write=true}, read the difference and commit it.
 */
class GoldenChartTest {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "chart", "golden");
    /** They are held to {@code crds/} elsewhere, and long. */
    private static final Pattern DEFINITION =
            Pattern.compile("(?ms)^---\n# Source: gearshift/templates/crds.yaml\n.*?(?=^---$)");

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> found = Files.list(DIRECTORY)) {
            return found.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyManifestIsAsWritten(Path directory) throws IOException {
        String values = Files.readString(directory.resolve("values.yaml"));
        Path file = directory.resolve("rendered.yaml");
        String rendered = DEFINITION.matcher(chart(directory).text(values)).replaceAll("");
        if (ChartWriting.IS_ON) {
            Files.writeString(file, rendered);
        }
        assertThat(file).as(ChartWriting.HINT, "GoldenChartTest", file).hasContent(rendered);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void helmAndKubernetesReadEveryObject(Path directory) throws IOException {
        assertThat(chart(directory).objects(Files.readString(directory.resolve("values.yaml"))))
                .isNotEmpty()
                .allSatisfy(object -> {
                    assertThat(object.path("apiVersion").asText()).isNotEmpty();
                    assertThat(object.path("kind").asText()).isNotEmpty();
                    assertThat(object.at("/metadata/name").asText()).matches("[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?");
                });
    }

    @ParameterizedTest
    @EnumSource(Chart.class)
    void helmFindsNothingToComplainOf(Chart chart) {
        assertThat(chart.lint().isFailed()).as("%s", chart.lint().getMessages()).isFalse();
        assertThat(chart.lint().getMessages()).noneMatch(message -> message.contains("[WARNING]"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyFileIsUsed(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("values.yaml", "rendered.yaml");
        }
    }

    @Test
    void thereIsACaseOfEachChart() throws IOException {
        List<Chart> charts = cases().map(GoldenChartTest::chart).distinct().toList();
        assertThat(charts).containsExactlyInAnyOrder(Chart.values());
    }

    static Chart chart(Path directory) {
        return directory.getFileName().toString().startsWith("tiers-") ? Chart.TIERS : Chart.GEARSHIFT;
    }
}
