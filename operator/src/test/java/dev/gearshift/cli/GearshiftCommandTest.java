package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class GearshiftCommandTest {

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final CommandLine line = GearshiftCommand.with(new OptionsProbe())
            .setOut(new PrintWriter(output, true))
            .setErr(new PrintWriter(errors, true));

    @Test
    void anUnknownCommandIsRefusedWithTheUsage() {
        assertThat(line.execute("frobnicate")).isEqualTo(2);
        assertThat(errors.toString()).contains("frobnicate", "Usage: gearshift");
        assertThat(output.toString()).isEmpty();
    }

    @Test
    void aMissingCommandIsRefusedWithTheUsage() {
        assertThat(line.execute()).isEqualTo(2);
        assertThat(errors.toString()).contains("Missing required subcommand", "Usage: gearshift");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void helpListsTheCommands(String argument) {
        assertThat(line.execute(argument)).isZero();
        assertThat(output.toString()).contains("Usage: gearshift", "COMMAND", "run", "help");
    }

    @Test
    void everyCommandHasHelpAndVersion() {
        assertThat(line.execute("run", "--help")).isZero();
        assertThat(output.toString()).contains("Usage: gearshift run");
        assertThat(line.execute("run", "--version")).isZero();
        assertThat(output.toString()).containsPattern("gearshift \\d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void theVersionIsThatOfTheBuild(String argument) throws IOException {
        Matcher parent = Pattern.compile("<parent>.*?<version>([^<]+)</version>.*?</parent>", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(parent.find()).isTrue();

        assertThat(line.execute(argument)).isZero();
        assertThat(output.toString().strip()).isEqualTo("gearshift " + parent.group(1));
    }
}
