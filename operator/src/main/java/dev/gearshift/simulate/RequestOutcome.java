package dev.gearshift.simulate;

import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.Seconds;
import java.time.Duration;

/** How a request ended. Instants are spans since the start of the simulation. */
public sealed interface RequestOutcome {

    /** The request. */
    SimulatedRequest request();

    /** When it ended. */
    Duration at();

    /** Whether it met a target; a request that failed met none. */
    boolean meets(LatencyTarget target);

    /**
     * A request that was served to its last token.
     *
     * @param request the request
     * @param submitted when the engine received it
     * @param started when the step began that computed the first of its prompt
     * @param firstToken when its first token was ready
     * @param lastToken when its last token was ready
     */
    record Completed(
            SimulatedRequest request, Duration submitted, Duration started, Duration firstToken, Duration lastToken)
            implements RequestOutcome {

        @Override
        public Duration at() {
            return lastToken;
        }

        /** TTFT as the client sees it: from its arrival. */
        public Seconds timeToFirstToken() {
            return Seconds.of(firstToken.minus(request.arrival()));
        }

        /** TPOT: the mean gap between tokens after the first; zero when there is only one token. */
        public Seconds timePerOutputToken() {
            int gaps = request.outputTokens() - 1;
            return gaps == 0
                    ? Seconds.ZERO
                    : new Seconds(lastToken.minus(firstToken).toNanos() / 1e9 / gaps);
        }

        /** From the client's arrival to the last token. */
        public Seconds endToEnd() {
            return Seconds.of(lastToken.minus(request.arrival()));
        }

        @Override
        public boolean meets(LatencyTarget target) {
            Seconds value = switch (target.objective()) {
                case TIME_TO_FIRST_TOKEN -> timeToFirstToken();
                case TIME_PER_OUTPUT_TOKEN -> timePerOutputToken();
                case END_TO_END -> endToEnd();
            };
            return value.compareTo(target.target()) <= 0;
        }
    }

    /**
     * A request that was not served to its end.
     *
     * @param request the request
     * @param at when it failed
     * @param cause why
     */
    record Failed(SimulatedRequest request, Duration at, FailureCause cause) implements RequestOutcome {

        @Override
        public boolean meets(LatencyTarget target) {
            return false;
        }
    }
}
