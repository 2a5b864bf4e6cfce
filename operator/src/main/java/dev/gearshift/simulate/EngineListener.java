package dev.gearshift.simulate;

import java.time.Duration;

/**
 * Is told what happens inside an {@link EngineSimulator}, in order of simulated time, on the thread that advances it. Must
 * not call back into the simulator.
 */
public interface EngineListener {

    /**
     * A step ended.
     *
     * @param durationNanos how long it took
     * @param decoded sequences that got their next token by decoding; for each of them the gap since its previous token is
     *     the duration of this step
     * @param prefilled prompt tokens computed (recomputed ones included)
     */
    default void stepped(long durationNanos, int decoded, int prefilled) {}

    /**
     * The first token of a request is ready.
     *
     * @param request the request
     * @param submitted when the engine received it
     * @param at when the token was ready
     */
    default void firstToken(SimulatedRequest request, Duration submitted, Duration at) {}

    /**
     * A sequence that had been preempted got its next token after recomputation.
     *
     * @param gapNanos time since its previous token
     */
    default void resumed(long gapNanos) {}

    /** A request ended, served or not. */
    default void ended(RequestOutcome outcome) {}

    /** A listener that passes everything on to this one, then to another. */
    default EngineListener andThen(EngineListener next) {
        EngineListener first = this;
        return new EngineListener() {
            @Override
            public void stepped(long durationNanos, int decoded, int prefilled) {
                first.stepped(durationNanos, decoded, prefilled);
                next.stepped(durationNanos, decoded, prefilled);
            }

            @Override
            public void firstToken(SimulatedRequest request, Duration submitted, Duration at) {
                first.firstToken(request, submitted, at);
                next.firstToken(request, submitted, at);
            }

            @Override
            public void resumed(long gapNanos) {
                first.resumed(gapNanos);
                next.resumed(gapNanos);
            }

            @Override
            public void ended(RequestOutcome outcome) {
                first.ended(outcome);
                next.ended(outcome);
            }
        };
    }
}
