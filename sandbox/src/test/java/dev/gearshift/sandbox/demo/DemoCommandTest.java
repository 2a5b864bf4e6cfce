package dev.gearshift.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.cli.GearshiftCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class DemoCommandTest {

    private final StringWriter told = new StringWriter();

    private int run(String... args) {
        CommandLine line = GearshiftCommand.with(new DemoCommand());
        line.setErr(new PrintWriter(told));
        line.setOut(new PrintWriter(told));
        return line.execute(args);
    }

    @ParameterizedTest
    @CsvSource({
        "--duration=tomorrow, write such as 30m or 1h",
        "--duration=10s, write at least 5m",
        "--speed=-1, --speed must be a number",
        "--scale=0, --scale must be above 0",
        "--seed=many, --seed",
        "--json=/no/such/folder/report.json, there is no folder /no/such/folder",
        "--loud, Unknown option",
    })
    void aWrongOptionIsRefusedBeforeAnythingStarts(String option, String message) {
        assertThat(run("demo", option)).isEqualTo(2);
        assertThat(told.toString()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "--speed=10, so there is no --speed: leave one of them out",
        "--speed=0, so there is no --speed: leave one of them out",
        "--trace=requests.csv, traffic grows for 10 minutes or more before a --trace: leave one of them out",
        "--duration=1m, write at least 5m",
    })
    void whatDoesNotGoWithRealTimeIsRefused(String option, String message) {
        assertThat(run("demo", "--prometheus", option)).isEqualTo(2);
        assertThat(told.toString()).contains(message);
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("demo", "--help")).isZero();
        assertThat(told.toString())
                .contains(
                        "--duration",
                        "--speed",
                        "--seed",
                        "--trace",
                        "--scale",
                        "--manifests",
                        "--json",
                        "--plain",
                        "--prometheus");
    }
}
