package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.LatencyVerdict;
import dev.gearshift.core.model.LatencyVerdict.Verdict;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReasonText;
import dev.gearshift.kubernetes.mapping.DurationText;
import dev.gearshift.kubernetes.mapping.Words;
import java.util.List;
import java.util.stream.Collectors;

/** Condition {@code LatencyMet}: the worst verdict of any target, and which targets have it. */
final class LatencyFinding {

    private LatencyFinding() {}

    static Finding of(Decision decision) {
        if (decision.latency().isEmpty()) {
            return Finding.holds("Met", "no latency target is declared");
        } else if (has(decision, Verdict.INFEASIBLE)) {
            return Finding.fails("Infeasible", infeasible(decision));
        } else if (has(decision, Verdict.MISSED)) {
            return Finding.fails("Missed", listed(decision, Verdict.MISSED));
        } else if (has(decision, Verdict.UNKNOWN)) {
            return Finding.unknown(listed(decision, Verdict.UNKNOWN));
        }
        return Finding.holds("Met", listed(decision, Verdict.MET));
    }

    private static boolean has(Decision decision, Verdict verdict) {
        return decision.latency().stream().anyMatch(target -> target.verdict() == verdict);
    }

    /** The planner knows what would be possible; without its words, the targets alone. */
    private static String infeasible(Decision decision) {
        List<String> told = decision.reasons().stream()
                .filter(reason -> reason.kind() == ReasonKind.TARGET_INFEASIBLE)
                .map(ReasonText::of)
                .toList();
        return told.isEmpty()
                ? "no permitted tier can do it: " + listed(decision, Verdict.INFEASIBLE)
                : String.join("; ", told);
    }

    private static String listed(Decision decision, Verdict verdict) {
        return decision.latency().stream()
                .filter(target -> target.verdict() == verdict)
                .map(LatencyFinding::told)
                .collect(Collectors.joining("; "));
    }

    private static String told(LatencyVerdict verdict) {
        String objective = Words.OBJECTIVES.of(verdict.target().objective());
        String asked = Figures.percent(verdict.target().percentile()) + " are asked for";
        String within = " within " + DurationText.of(verdict.target().target().toDuration());
        return verdict.attainment()
                .map(share -> objective + ": " + Figures.range(share) + within + ", " + asked
                        + (verdict.verdict() == Verdict.UNKNOWN
                                ? "; too few requests or too coarse a histogram to tell"
                                : ""))
                .orElseGet(() -> objective + ": " + asked + within + "; nothing was seen");
    }
}
