package dev.gearshift.metrics.engine;

/** What one serving engine calls its metrics. */
public interface EngineDialect {

    /** Takes the lines of one pod's page, one by one, and tells what they mean. Used once. */
    interface Reading {

        /** Takes a line; one that means nothing to this engine, or that cannot be true, is passed over. */
        void accept(Series series);

        /** What the lines so far say. */
        EngineSample sample();
    }

    /** Starts to read one page of one pod. */
    Reading read();
}
