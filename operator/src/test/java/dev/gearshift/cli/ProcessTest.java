package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: its environment, and the log configuration that ships. */
final class ProcessTest {

    private static final Map<String, String> ALL = Map.of(
            "GEARSHIFT_WATCH_NAMESPACES", "team-b,team-a",
            "GEARSHIFT_LEADER_ELECTION", "false",
            "GEARSHIFT_PLANNING_INTERVAL", "30s",
            "GEARSHIFT_SCRAPE_INTERVAL", "10s",
            "GEARSHIFT_METRICS_PORT", "9090",
            "GEARSHIFT_HEALTH_PORT", "9091",
            "GEARSHIFT_LOG_FORMAT", "json");

    private final Path directory;

    ProcessTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private record Ended(int status, String output, String errors) {}

    @Test
    void everyOptionCanBeGivenByTheEnvironment() throws Exception {
        Ended process = run(ALL);

        assertThat(process.errors()).hasLineCount(1);
        assertThat(process.output().strip()).isEqualTo("[team-a, team-b] false PT30S PT10S 9090 9091 JSON");
        assertThat(process.status()).isZero();
        JsonNode line = new ObjectMapper().readTree(process.errors());
        assertThat(line.get("formattedMessage").asText()).isEqualTo("it is logged");
        assertThat(line.get("level").asText()).isEqualTo("INFO");
        assertThat(line.get("loggerName").asText()).isEqualTo(OptionsProbe.class.getName());
        assertThat(line.get("timestamp").isIntegralNumber()).isTrue();
    }

    @Test
    void theCommandLineGoesOverTheEnvironment() throws Exception {
        Ended process = run(
                ALL,
                "--watch-namespaces=team-c",
                "--leader-election",
                "--planning-interval=20s",
                "--scrape-interval=4s",
                "--metrics-port=1",
                "--health-port=2",
                "--log-format=text");

        assertThat(process.output().strip()).isEqualTo("[team-c] true PT20S PT4S 1 2 TEXT");
        assertThat(process.errors().strip()).matches("\\S+Z INFO  \\S+OptionsProbe it is logged");
    }

    @Test
    void withoutVariablesLinesAreText() throws Exception {
        Ended process = run(Map.of("GEARSHIFT_WATCH_NAMESPACES", ""));

        assertThat(process.output().strip()).isEqualTo("[] true PT15S PT5S 8080 8081 TEXT");
        assertThat(process.errors().strip()).matches("\\S+Z INFO  \\S+OptionsProbe it is logged");
    }

    @Test
    void aWrongVariableIsRefused() throws Exception {
        Ended process = run(Map.of("GEARSHIFT_PLANNING_INTERVAL", "15"));

        assertThat(process.status()).isEqualTo(2);
        assertThat(process.errors()).contains("--planning-interval", "'15' is no duration");
    }

    private Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=logback.xml",
                OptionsProbe.class.getName(),
                "run"));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("GEARSHIFT_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return new Ended(process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            process.destroyForcibly();
        }
    }
}
