package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.Gearshift.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

final class PrometheusOptionsTest {

    /** A command with nothing but these options. */
    @Command(name = "probe")
    static final class Probe implements Runnable {

        @Mixin
        final PrometheusOptions options = new PrometheusOptions();

        @Override
        public void run() {}
    }

    private static Optional<Source> parsed(String... arguments) {
        Probe probe = new Probe();
        new CommandLine(probe).parseArgs(arguments);
        return probe.options.source(round -> {});
    }

    @Test
    void withoutAnAddressThereIsNoPrometheus() {
        assertThat(parsed()).isEmpty();
        assertThat(parsed("--prometheus-url=", "--prometheus-timeout=2s")).isEmpty();
    }

    @Test
    void everyOptionIsTaken() {
        Source.Prometheus source = (Source.Prometheus) parsed(
                        "--prometheus-url=https://thanos:9090/select/0",
                        "--prometheus-scrape-interval=30s",
                        "--prometheus-timeout=3s",
                        "--prometheus-header=X-Scope-OrgID=team-a",
                        "--prometheus-header=X-Other=a=b",
                        "--prometheus-bearer-token-file=/token",
                        "--prometheus-ca-file=/ca",
                        "--prometheus-cert-file=/cert",
                        "--prometheus-key-file=/key",
                        "--prometheus-matcher=cluster=prod",
                        "--prometheus-namespace-label=kubernetes_namespace",
                        "--prometheus-pod-label=pod_name")
                .orElseThrow();
        assertThat(source.settings().url()).hasToString("https://thanos:9090/select/0");
        assertThat(source.settings().patience()).isEqualTo(Duration.ofSeconds(3));
        assertThat(source.settings().headers())
                .containsEntry("X-Scope-OrgID", "team-a")
                .containsEntry("X-Other", "a=b");
        assertThat(source.settings().bearerTokenFile()).contains(Path.of("/token"));
        assertThat(source.settings().certificates().authorities()).contains(Path.of("/ca"));
        assertThat(source.settings().certificates().key()).contains(Path.of("/key"));
        assertThat(source.labels().only()).containsEntry("cluster", "prod");
        assertThat(source.labels().namespace()).isEqualTo("kubernetes_namespace");
        assertThat(source.labels().pod()).isEqualTo("pod_name");
        assertThat(source.windows().interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(source.windows().planning()).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prometheus-url=prometheus:9090 | is no address of Prometheus; write one such as http://",
                "--prometheus-url=http://a?b=c | is no address of Prometheus",
                "--prometheus-scrape-interval=2m | it must be from 1s to 1m, but is 2m",
                "--prometheus-timeout=0s | it must be from 100ms to 1m, but is 0s",
                "--prometheus-header=X-Scope-OrgID | is no pair; write name=value",
            })
    void aWrongValueIsRefusedWithWhatToWrite(String argument, String complaint) {
        assertThatThrownBy(() -> parsed(argument))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(complaint)
                .hasMessageContaining(argument.substring(0, argument.indexOf('=')));
    }

    @Test
    void optionsThatDoNotFitTogetherAreRefused() {
        assertThatThrownBy(() -> parsed("--prometheus-url=https://p", "--prometheus-cert-file=/cert"))
                .hasMessage("a client certificate needs its key, and a key its certificate");
        assertThatThrownBy(() -> parsed("--prometheus-url=http://p", "--prometheus-header=a b=c"))
                .hasMessageContaining("the header \"a b\"");
    }
}
