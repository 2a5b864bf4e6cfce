package dev.gearshift.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code gearshift}: does nothing by itself, and holds the commands. */
@Command(
        name = "gearshift",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = HelpCommand.class,
        description = "Autoscales language-model deployments on Kubernetes to meet latency and cost objectives.")
public final class GearshiftCommand {

    private GearshiftCommand() {}

    /**
     * The whole command line. Executing it exits with 2 and the usage when arguments are wrong, a missing or unknown command
     * included.
     *
     * @param commands objects annotated as commands, each with a name; each is given the options for help and version
     */
    public static CommandLine with(Object... commands) {
        CommandLine line = new CommandLine(new GearshiftCommand());
        for (Object command : commands) {
            CommandLine added = new CommandLine(command);
            added.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
            line.addSubcommand(added);
        }
        return line;
    }
}
