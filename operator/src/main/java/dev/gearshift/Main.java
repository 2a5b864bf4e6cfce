package dev.gearshift;

import dev.gearshift.cli.GearshiftCommand;
import dev.gearshift.cli.RunCommand;

/** The program in the operator's image. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String... args) {
        System.exit(GearshiftCommand.with(new RunCommand()).execute(args));
    }
}
