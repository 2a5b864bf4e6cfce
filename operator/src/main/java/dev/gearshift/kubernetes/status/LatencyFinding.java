package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.LatencyVerdict;
import dev.gearshift.core.model.LatencyVerdict.Unmeasured;
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

    /**
     * The finding.
     *
     * @param servedName the name requests give the model
     */
    static Finding of(Decision decision, String servedName) {
        if (decision.latency().isEmpty()) {
            return Finding.holds("Met", "no latency target is declared");
        } else if (has(decision, Verdict.INFEASIBLE)) {
            return Finding.fails("Infeasible", infeasible(decision, servedName));
        } else if (has(decision, Verdict.MISSED)) {
            return Finding.fails("Missed", listed(decision, Verdict.MISSED, servedName));
        } else if (has(decision, Verdict.UNKNOWN)) {
            return Finding.unknown(listed(decision, Verdict.UNKNOWN, servedName));
        }
        return Finding.holds("Met", listed(decision, Verdict.MET, servedName));
    }

    private static boolean has(Decision decision, Verdict verdict) {
        return decision.latency().stream().anyMatch(target -> target.verdict() == verdict);
    }

    /** The planner knows what would be possible; without its words, the targets alone. */
    private static String infeasible(Decision decision, String servedName) {
        List<String> told = decision.reasons().stream()
                .filter(reason -> reason.kind() == ReasonKind.TARGET_INFEASIBLE)
                .map(ReasonText::of)
                .toList();
        return told.isEmpty()
                ? "no permitted tier can do it: " + listed(decision, Verdict.INFEASIBLE, servedName)
                : String.join("; ", told);
    }

    private static String listed(Decision decision, Verdict verdict, String servedName) {
        return decision.latency().stream()
                .filter(target -> target.verdict() == verdict)
                .map(target -> told(target, servedName))
                .collect(Collectors.joining("; "));
    }

    private static String told(LatencyVerdict verdict, String servedName) {
        String objective = Words.OBJECTIVES.of(verdict.target().objective());
        String asked = Figures.percent(verdict.target().percentile()) + " are asked for";
        String within = " within " + DurationText.of(verdict.target().target().toDuration());
        return verdict.attainment()
                .map(share -> objective + ": " + Figures.range(share) + within + ", " + asked
                        + (verdict.verdict() == Verdict.UNKNOWN
                                ? "; too few requests or too coarse a histogram to tell"
                                : ""))
                .orElseGet(() -> objective + ": " + asked + within + "; "
                        + verdict.unmeasured()
                                .map(why -> unmeasured(why, servedName))
                                .orElse("nothing was seen"));
    }

    private static String unmeasured(Unmeasured why, String servedName) {
        return switch (why) {
            case NO_PROMETHEUS ->
                "latencies are to come from a gateway, which needs --prometheus-url: start the operator with it, or write"
                        + " spec.engine.latencyFrom: Engine";
            case NO_GATEWAY ->
                "no gateway shows it for " + servedName + ": see that one exports gen_ai_server_* with this name, that"
                        + " Prometheus scrapes it, and that no other model has the name";
        };
    }
}
