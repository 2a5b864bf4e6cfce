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

    /** Every line so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
