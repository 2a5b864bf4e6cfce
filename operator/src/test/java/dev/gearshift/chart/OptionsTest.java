package dev.gearshift.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gearshift.cli.RunCommand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Every option of {@code gearshift run} can be set by a value, and what is rendered is understood. */
class OptionsTest {

    private static final String EVERY_OPTION = Chart.IMAGE + """
            watchNamespaces: [team-b, team-a]
            replicas: 1
            leaderElection: false
            planningInterval: 20s
            scrapeInterval: 4s
            metricsPort: 9080
            healthPort: 9081
            logFormat: text
            prometheus:
              url: "https://prometheus.example.com/tenant,one"
              scrapeInterval: 30s
              timeout: 5s
              headers: {X-Scope-OrgID: team a}
              matchers: {cluster: "prod,eu"}
              namespaceLabel: exported_namespace
              podLabel: exported_pod
              prices: false
              bearerTokenFile: /etc/prometheus/token
              caFile: /etc/prometheus/ca.crt
              certFile: /etc/prometheus/tls.crt
              keyFile: /etc/prometheus/tls.key
            """;

    @Test
    void everyOptionIsSetByAValueAndUnderstood() {
        ParseResult parsed = parsed(EVERY_OPTION);
        assertThat(new CommandLine(new RunCommand()).getCommandSpec().options())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(parsed.hasMatchedOption(option.longestName()))
                        .as("%s is set by a value of the chart: see templates/_arguments.tpl", option.longestName())
                        .isTrue());
        assertThat(text(parsed, "--watch-namespaces")).isEqualTo("[team-a, team-b]");
        assertThat(text(parsed, "--leader-election")).isEqualTo("false");
        assertThat(text(parsed, "--prometheus-url")).isEqualTo("https://prometheus.example.com/tenant,one");
        assertThat(text(parsed, "--prometheus-header")).isEqualTo("[X-Scope-OrgID=team a]");
        assertThat(text(parsed, "--prometheus-matcher")).isEqualTo("[cluster=prod,eu]");
        assertThat(text(parsed, "--prometheus-prices")).isEqualTo("false");
        assertThat(text(parsed, "--metrics-port")).isEqualTo("9080");
    }

    @Test
    void theChartsDefaultsAreTheOperatorsExceptForTheLog() {
        ParseResult parsed = parsed(Chart.IMAGE);
        ParseResult nothing = new CommandLine(new RunCommand()).parseArgs();
        for (OptionSpec option : parsed.matchedOptions()) {
            String expected =
                    option.longestName().equals("--log-format") ? "JSON" : text(nothing, option.longestName());
            assertThat(text(parsed, option.longestName()))
                    .as(option.longestName())
                    .isEqualTo(expected);
        }
        assertThat(parsed.hasMatchedOption("--prometheus-url")).isFalse();
    }

    private static ParseResult parsed(String values) {
        List<String> arguments = new ArrayList<>();
        for (JsonNode argument :
                Chart.GEARSHIFT.object("Deployment", values).at("/spec/template/spec/containers/0/args")) {
            arguments.add(argument.asText());
        }
        assertThat(arguments).startsWith("run");
        return new CommandLine(new RunCommand())
                .parseArgs(arguments.subList(1, arguments.size()).toArray(String[]::new));
    }

    private static String text(ParseResult parsed, String option) {
        Object value = parsed.commandSpec().findOption(option).getValue();
        return String.valueOf(value);
    }
}
