package dev.gearshift.sandbox.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusAbsentTest {

    private final Path folder;

    PrometheusAbsentTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void isFoundOnlyWhereItCanBeRun() throws Exception {
        assertThat(PrometheusServer.find("")).isEmpty();
        assertThat(PrometheusServer.find(folder + ":" + folder.resolve("none"))).isEmpty();

        Path program = Files.writeString(folder.resolve("prometheus"), "#!/bin/sh\n");
        assertThat(PrometheusServer.find(folder.toString())).isEmpty();
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(PrometheusServer.find("/nowhere:" + folder)).contains(program);
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        PrometheusOptions options = PrometheusOptions.of(folder.resolve("prometheus"), Duration.ofSeconds(1));

        assertThatThrownBy(() -> PrometheusServer.start(options))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot run " + folder.resolve("prometheus"));
    }

    @Test
    void oneLineSaysHowManyTestsArePassedOver() {
        PrometheusCondition.PassedOver passedOver = new PrometheusCondition.PassedOver();
        passedOver.add(1);
        assertThat(passedOver.line()).isEqualTo("prometheus is not on PATH: 1 test that needs it is passed over");
        passedOver.add(PrometheusCondition.tests(PrometheusServerTest.class));
        assertThat(passedOver.line()).isEqualTo("prometheus is not on PATH: 5 tests that need it are passed over");
    }

    @Test
    void anOptionThatCannotBeMeantIsRefused() {
        assertThatThrownBy(() -> PrometheusOptions.of(folder, Duration.ZERO))
                .hasMessage("scrapeInterval must be at least a millisecond, but is PT0S");
        assertThatThrownBy(() ->
                        PrometheusOptions.of(folder, Duration.ofSeconds(1)).within(Duration.ZERO))
                .hasMessage("startTimeout must be positive, but is PT0S");
        assertThatThrownBy(() -> PrometheusTarget.ofPod(URI.create("https://10.0.0.1/metrics"), "n", "p", "m", "t"))
                .hasMessage("a target is http://host:port/path, but is https://10.0.0.1/metrics");
    }
}
