package dev.gearshift.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the chart's custom resource definitions to those in {@code crds/}. */
class ChartDefinitionsTest {

    private static final Path COMMITTED = Path.of("..", "crds");
    private static final String DEFINITION = "CustomResourceDefinition";

    @Test
    void theChartHasCopiesOfTheDefinitions() throws IOException {
        Path copies = Chart.GEARSHIFT.file("files/crds");
        for (Path definition : list(COMMITTED)) {
            Path copy = copies.resolve(definition.getFileName());
            String text = Files.readString(definition);
            if (ChartWriting.IS_ON) {
                Files.writeString(copy, text);
            }
            assertThat(copy)
                    .as(ChartWriting.HINT, "ChartDefinitionsTest", copy)
                    .exists()
                    .hasContent(text);
        }
        assertThat(list(copies)).hasSameSizeAs(list(COMMITTED));
    }

    @Test
    void whatIsRenderedIsWhatIsCommittedAndIsKept() throws IOException {
        List<JsonNode> rendered = Chart.GEARSHIFT.objects(DEFINITION, Chart.IMAGE);
        assertThat(rendered)
                .isNotEmpty()
                .allSatisfy(definition -> assertThat(definition
                                .at("/metadata/annotations/helm.sh~1resource-policy")
                                .asText())
                        .isEqualTo("keep"));
        assertThat(rendered.stream()
                        .map(ChartDefinitionsTest::withoutChartMetadata)
                        .toList())
                .isEqualTo(
                        list(COMMITTED).stream().map(ChartDefinitionsTest::read).toList());
    }

    @Test
    void theyAreNotKeptOrNotInstalledWhenSoTold() {
        assertThat(Chart.GEARSHIFT.objects(DEFINITION, Chart.IMAGE + "crds: {keep: false}"))
                .isNotEmpty()
                .allSatisfy(definition -> assertThat(
                                definition.at("/metadata/annotations").isMissingNode())
                        .isTrue());
        assertThat(Chart.GEARSHIFT.objects(DEFINITION, Chart.IMAGE + "crds: {enabled: false}"))
                .isEmpty();
    }

    private static JsonNode withoutChartMetadata(JsonNode definition) {
        ((ObjectNode) definition.path("metadata")).remove(List.of("labels", "annotations"));
        return definition;
    }

    private static JsonNode read(Path file) {
        try {
            return Chart.yaml(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.sorted().toList();
        }
    }
}
