package dev.gearshift.core.plan;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.DemandEstimate;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.predict.TokenMix;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/**
 * What is decided for a model whose planning threw: what is ordered is kept, and who drains goes on draining. Looks at as little of
 * the model as a decision needs, since something about it is what the planner could not stand.
 */
public final class FailedPlan {

    /** The longest text of an error that is told; the log has all of it. */
    public static final int LONGEST = 200;

    private FailedPlan() {}

    /**
     * The decision.
     *
     * @param model the model as it was seen
     * @param memory what is remembered of it
     * @param fleet what the fleet as a whole may have
     * @param error what the planner threw
     * @param now the present
     */
    public static Decision of(
            ModelState model, ModelMemory memory, FleetLimits fleet, RuntimeException error, Instant now) {
        TokenMix mix = memory.mix().orElse(TokenMix.CHAT);
        RequestRate last = memory.demand().highest(Duration.ZERO).orElse(RequestRate.ZERO);
        DemandEstimate estimate = new DemandEstimate(
                last, last, memory.required().newest().orElse(last), mix.meanInput(), mix.meanOutput());
        Roster roster = Roster.of(model, memory.drains(), memory.trouble());
        return new Telling(model, roster, new TreeMap<>(), memory.leadTimes(), fleet, now)
                .kept(
                        estimate,
                        memory.drains(),
                        Reason.of(ReasonKind.PLANNING_FAILED).about(text(error)));
    }

    private static String text(RuntimeException error) {
        String message = error.getMessage();
        String text = error.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return text.substring(0, end) + "…";
    }
}
