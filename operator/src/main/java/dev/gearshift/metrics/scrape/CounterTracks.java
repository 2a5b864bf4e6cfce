package dev.gearshift.metrics.scrape;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The series of one counter, from scrape to scrape. A series seen for the first time adds nothing: what it counted before is not
 * of this window. One that went down started anew, so all of it is new. One that is missing keeps its last value: a line lost is
 * not a restart.
 */
final class CounterTracks {

    private static final int MOST_SERIES = 512;

    /**
     * What a scrape added.
     *
     * @param growth not negative
     * @param restarted whether a series went down
     */
    record Step(double growth, boolean restarted) {}

    private final SortedMap<String, Double> last = new TreeMap<>();

    Step advance(SortedMap<String, Double> now) {
        double growth = 0;
        boolean restarted = false;
        for (Map.Entry<String, Double> entry : now.entrySet()) {
            Double before = last.get(entry.getKey());
            if (before != null) {
                boolean fell = entry.getValue() < before;
                growth += fell ? entry.getValue() : entry.getValue() - before;
                restarted |= fell;
            }
        }
        if (last.size() + now.size() > MOST_SERIES) {
            last.clear();
        }
        last.putAll(now);
        return new Step(growth, restarted);
    }
}
