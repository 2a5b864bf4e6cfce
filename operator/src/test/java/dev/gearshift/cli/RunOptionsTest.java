package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class RunOptionsTest {

    @Test
    void withoutOptionsTheDefaultsHold() {
        assertThat(parsed()).isEqualTo("[] true PT15S PT5S 8080 8081 TEXT");
    }

    @Test
    void everyOptionIsTaken() {
        assertThat(parsed(
                        "--watch-namespaces=b,a, c,a",
                        "--no-leader-election",
                        "--planning-interval=1m30s",
                        "--scrape-interval=2.5s",
                        "--metrics-port=0",
                        "--health-port=65535",
                        "--log-format=json"))
                .isEqualTo("[a, b, c] false PT1M30S PT2.5S 0 65535 JSON");
        assertThat(parsed("--leader-election")).startsWith("[] true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--planning-interval=1s",
                "--planning-interval=5m",
                "--scrape-interval=1000ms",
                "--scrape-interval=30s",
                "--watch-namespaces=",
                "--watch-namespaces=a"
            })
    void bothEndsOfARangeArePermitted(String argument) {
        assertThat(parsed(argument)).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--planning-interval=15 | '15' is no duration; write a number with its unit (ms, s, m, h), such as 15s or 1m30s",
                "--planning-interval=soon | 'soon' is no duration; write a number with its unit",
                "--planning-interval=999ms | it must be from 1s to 5m, but is 999ms",
                "--planning-interval=301s | it must be from 1s to 5m, but is 301s",
                "--scrape-interval=0s | it must be from 1s to 30s, but is 0s",
                "--scrape-interval=31s | it must be from 1s to 30s, but is 31s",
                "--metrics-port=65536 | '65536' is no port; write a number from 1 to 65535, or 0 for any free one",
                "--metrics-port=-1 | '-1' is no port",
                "--health-port=http | 'http' is no port",
                "--watch-namespaces=a,B | 'B' is no namespace; write names such as team-a,team-b",
                "--watch-namespaces=a b | 'a b' is no namespace",
                "--log-format=yaml | 'yaml' is no log format; write text or json",
                "--leader-election=perhaps | 'perhaps' is not a boolean",
            })
    void aWrongValueIsRefusedWithItsOptionAndWhatToWrite(String argument, String complaint) {
        StringWriter errors = new StringWriter();
        CommandLine line = GearshiftCommand.with(new OptionsProbe()).setErr(new PrintWriter(errors, true));

        assertThat(line.execute("run", argument)).isEqualTo(2);

        String option = argument.substring(0, argument.indexOf('='));
        assertThat(errors.toString()).contains(complaint).contains(option).contains("Usage: gearshift run");
    }

    @Test
    void theHelpNamesTheVariableOfEveryOption() {
        String usage =
                new CommandLine(new OptionsProbe()).setUsageHelpWidth(200).getUsageMessage();

        assertThat(usage)
                .contains(
                        "GEARSHIFT_WATCH_NAMESPACES",
                        "GEARSHIFT_LEADER_ELECTION",
                        "GEARSHIFT_PLANNING_INTERVAL",
                        "GEARSHIFT_SCRAPE_INTERVAL",
                        "GEARSHIFT_METRICS_PORT",
                        "GEARSHIFT_HEALTH_PORT",
                        "GEARSHIFT_LOG_FORMAT",
                        "--[no-]leader-election");
    }

    private static String parsed(String... arguments) {
        OptionsProbe probe = new OptionsProbe();
        new CommandLine(probe).parseArgs(arguments);
        return probe.told();
    }
}
