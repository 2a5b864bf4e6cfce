package dev.gearshift.sandbox.engine;

import dev.gearshift.simulate.EngineListener;
import dev.gearshift.simulate.EngineSimulator;

/**
 * The metrics page of one simulated engine. Listens to the engine from its start, so counts are cumulative since then; gauges are
 * of the moment of rendering.
 *
 * <p>Not thread-safe: render while the engine stands still.
 */
public interface EnginePage extends EngineListener {

    /** The page as the engine's own endpoint would answer it, in Prometheus' text format. */
    String render(EngineSimulator engine);
}
