package dev.gearshift.cli;

import dev.gearshift.telemetry.Management;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/**
 * The options of {@code gearshift run}, as a mixin. Each can also be given by the environment, over which the command line goes; a
 * wrong value is refused while parsing, with what to write instead.
 */
public final class RunOptions {

    @Option(
            names = "--watch-namespaces",
            split = ",",
            paramLabel = "NAMESPACE",
            converter = OptionTexts.Namespace.class,
            defaultValue = "${env:GEARSHIFT_WATCH_NAMESPACES}",
            description = "Look after the models of these namespaces only, separated by commas. Default: all."
                    + " Environment: GEARSHIFT_WATCH_NAMESPACES.")
    private List<String> watchNamespaces = List.of();

    @Option(
            names = "--leader-election",
            negatable = true,
            fallbackValue = "true",
            defaultValue = "${env:GEARSHIFT_LEADER_ELECTION}",
            description = "Let one of several processes lead; without it there must be only one. Default: on."
                    + " Environment: GEARSHIFT_LEADER_ELECTION (true or false).")
    private boolean leaderElection = true;

    @Option(
            names = "--planning-interval",
            paramLabel = "DURATION",
            converter = OptionTexts.PlanningInterval.class,
            defaultValue = "${env:GEARSHIFT_PLANNING_INTERVAL}",
            description = "From one plan to the next, from 1s to 5m. Default: 15s."
                    + " Environment: GEARSHIFT_PLANNING_INTERVAL.")
    private Duration planningInterval = Duration.ofSeconds(15);

    @Option(
            names = "--scrape-interval",
            paramLabel = "DURATION",
            converter = OptionTexts.ScrapeInterval.class,
            defaultValue = "${env:GEARSHIFT_SCRAPE_INTERVAL}",
            description = "From one scrape of an engine to the next, from 1s to 30s. Default: 5s."
                    + " Environment: GEARSHIFT_SCRAPE_INTERVAL.")
    private Duration scrapeInterval = Duration.ofSeconds(5);

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            converter = OptionTexts.Port.class,
            defaultValue = "${env:GEARSHIFT_METRICS_PORT}",
            description = "Where to answer /metrics; 0 for any free port. Default: 8080."
                    + " Environment: GEARSHIFT_METRICS_PORT.")
    private int metricsPort = Management.METRICS_PORT;

    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            converter = OptionTexts.Port.class,
            defaultValue = "${env:GEARSHIFT_HEALTH_PORT}",
            description = "Where to answer /healthz and /readyz; 0 for any free port. Default: 8081."
                    + " Environment: GEARSHIFT_HEALTH_PORT.")
    private int healthPort = Management.HEALTH_PORT;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            converter = OptionTexts.Format.class,
            defaultValue = "${env:GEARSHIFT_LOG_FORMAT}",
            description = "Write log lines as text or json. Default: text. Environment: GEARSHIFT_LOG_FORMAT.")
    private LogFormat logFormat = LogFormat.TEXT;

    /** The namespaces to look after; empty means all. */
    public SortedSet<String> watchNamespaces() {
        SortedSet<String> named = new TreeSet<>(watchNamespaces);
        // An environment variable that is set to nothing names no namespace.
        named.remove("");
        return Collections.unmodifiableSortedSet(named);
    }

    /** Whether one of several processes is elected to lead. */
    public boolean leaderElection() {
        return leaderElection;
    }

    /** From one plan to the next. */
    public Duration planningInterval() {
        return planningInterval;
    }

    /** From one scrape of an engine to the next. */
    public Duration scrapeInterval() {
        return scrapeInterval;
    }

    /** The port of {@code /metrics}; 0 means any. */
    public int metricsPort() {
        return metricsPort;
    }

    /** The port of {@code /healthz} and {@code /readyz}; 0 means any. */
    public int healthPort() {
        return healthPort;
    }

    /** How log lines are written. */
    public LogFormat logFormat() {
        return logFormat;
    }
}
