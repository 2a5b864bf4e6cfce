package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Progress;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReasonText;
import dev.gearshift.kubernetes.mapping.Words;

/** Condition {@code Converged}: whether what should run runs, and what is waited for otherwise. */
final class ConvergenceFinding {

    private ConvergenceFinding() {}

    static Finding of(Decision decision) {
        Tally tally = Tally.of(decision);
        String word = Words.PROGRESS.of(decision.progress());
        return switch (decision.progress()) {
            case STEADY -> Finding.holds(word, ReasonText.of(decision.headline()));
            case SCALING_UP, SCALING_DOWN, SHIFTING ->
                Finding.fails(word, tally.text() + "; " + ReasonText.of(decision.headline()));
            case HELD -> Finding.fails(word, tally.text() + "; " + ReasonText.of(holding(decision)));
            case PINNED -> {
                String message = tally.text() + "; " + ReasonText.of(reason(decision, ReasonKind.PINNED))
                        + "; unset it with: " + unpin(decision);
                yield tally.isSettled() ? Finding.holds(word, message) : Finding.fails(word, message);
            }
        };
    }

    /** The command after which the planner decides again. */
    private static String unpin(Decision decision) {
        return "kubectl -n " + decision.model().namespace() + " patch mdep "
                + decision.model().name()
                + " --type=json -p '[{\"op\":\"remove\",\"path\":\"/spec/scaling/replicas\"}]'";
    }

    private static Reason reason(Decision decision, ReasonKind kind) {
        return decision.reasons().stream()
                .filter(reason -> reason.kind() == kind)
                .findFirst()
                .orElse(decision.headline());
    }

    /** What forbids the next step; {@link Progress#HELD} comes with one of these. */
    private static Reason holding(Decision decision) {
        return decision.reasons().stream()
                .filter(reason -> switch (reason.kind()) {
                    case FOREIGN_SCALER,
                            PAUSED,
                            RECOMMENDED,
                            NO_TIER,
                            METRICS_ABSENT,
                            METRICS_STALE,
                            METRICS_PARTIAL,
                            PLANNING_FAILED,
                            SHIFT_ABORTED,
                            ENGINE_FAILING -> true;
                    default -> false;
                })
                .findFirst()
                .orElse(decision.headline());
    }
}
