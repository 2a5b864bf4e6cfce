package dev.gearshift.sandbox.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened in the cluster, a line each, in order: equal for equal seeds. */
public final class WorldLog {

    private final List<String> lines = new ArrayList<>();

    void add(Instant now, String subject, String what) {
        lines.add(now + " " + subject + ": " + what);
    }

    /** How many lines there are. */
    public int size() {
        return lines.size();
    }

    /** The lines from a position on. */
    public List<String> from(int position) {
        return List.copyOf(lines.subList(position, lines.size()));
    }

    /** Every line so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
