package dev.gearshift.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command with the options of {@code run} that prints what it got, and logs a line. */
@Command(name = "run")
final class OptionsProbe implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OptionsProbe.class);

    @Mixin
    final RunOptions options = new RunOptions();

    @Override
    public void run() {
        options.logFormat().use();
        System.out.println(told());
        LOG.info("it is {}", "logged");
    }

    String told() {
        return String.join(
                " ",
                options.watchNamespaces().toString(),
                Boolean.toString(options.leaderElection()),
                options.planningInterval().toString(),
                options.scrapeInterval().toString(),
                Integer.toString(options.metricsPort()),
                Integer.toString(options.healthPort()),
                options.logFormat().toString());
    }

    /** The command line of the operator, with this as its only command. */
    public static void main(String[] arguments) {
        System.exit(GearshiftCommand.with(new OptionsProbe()).execute(arguments));
    }
}
