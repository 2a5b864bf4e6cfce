package dev.gearshift.sandbox;

import dev.gearshift.cli.GearshiftCommand;
import dev.gearshift.cli.RunCommand;
import dev.gearshift.sandbox.demo.DemoCommand;

/** What {@code ./gearshift} of a clone runs: the commands of the operator, and the demo. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String... args) {
        System.exit(GearshiftCommand.with(new RunCommand(), new DemoCommand()).execute(args));
    }
}
