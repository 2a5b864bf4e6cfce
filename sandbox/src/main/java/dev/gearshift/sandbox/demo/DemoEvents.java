package dev.gearshift.sandbox.demo;

import java.util.List;

/** Which happenings of the world a viewer of the demo is told. */
final class DemoEvents {

    private static final List<String> TOLD = List.of("spot interruption announced", "out of stock", "in stock again");

    private DemoEvents() {}

    /** Whether a line of the world's log is told. */
    static boolean isWorthTelling(String line) {
        return TOLD.stream().anyMatch(line::contains);
    }

    /** The line without its time. */
    static String told(String line) {
        return "! " + line.substring(line.indexOf(' ') + 1);
    }
}
