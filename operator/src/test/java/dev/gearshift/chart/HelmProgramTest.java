package dev.gearshift.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where this machine has a program helm, which may be newer than the library: it lints and renders the same. */
class HelmProgramTest {

    private static final Optional<Tool> HELM = Tool.find("helm");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void thereIsHelm() {
        assumeTrue(HELM.isPresent(), "there is no helm on the path");
    }

    @ParameterizedTest
    @EnumSource(Chart.class)
    void itFindsNothingToComplainOf(Chart chart) throws Exception {
        Tool.Run run = helm("lint", "--strict", path(chart));
        assertThat(run.code()).as(run.output()).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.gearshift.chart.GoldenChartTest#cases")
    void itRendersTheSameObjects(Path golden) throws Exception {
        Chart chart = GoldenChartTest.chart(golden);
        String values = golden.resolve("values.yaml").toAbsolutePath().toString();
        Tool.Run run = helm(
                "template",
                Chart.RELEASE,
                path(chart),
                "--namespace",
                Chart.NAMESPACE,
                "--kube-version",
                Chart.KUBERNETES,
                "--values",
                values);
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(Chart.documents(run.output()))
                .containsExactlyInAnyOrderElementsOf(chart.objects(Files.readString(golden.resolve("values.yaml"))));
    }

    private Tool.Run helm(String... arguments) throws IOException, InterruptedException {
        return HELM.orElseThrow().in(directory, arguments);
    }

    private static String path(Chart chart) throws IOException {
        return chart.file("").toRealPath().toString();
    }
}
