package dev.gearshift.chart;

/** The switch with which the files made from charts are written anew. */
final class ChartWriting {

    /** Whether it is on. */
    static final boolean IS_ON = Boolean.getBoolean("gearshift.chart.write");

    /** What to do about a difference: the test's name, the file. */
    static final String HINT = "run mvn -pl operator test -Dtest=%s -Dgearshift.chart.write=true and commit %s";

    private ChartWriting() {}
}
