package dev.gearshift.sandbox;

import dev.gearshift.sandbox.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./gearshift} of a clone runs. */
@Command(
        name = "gearshift",
        mixinStandardHelpOptions = true,
        description = "Holds latency and cost targets of language models on Kubernetes.",
        subcommands = DemoCommand.class)
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String... args) {
        System.setProperty("logback.configurationFile", "sandbox-logback.xml");
        int code = new CommandLine(new Main()).execute(args);
        System.exit(code);
    }
}
