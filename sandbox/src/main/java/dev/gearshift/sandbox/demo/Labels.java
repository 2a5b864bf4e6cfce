package dev.gearshift.sandbox.demo;

import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.ReasonText;
import java.util.Locale;

/** Short names of targets, as the views and the report print them. */
final class Labels {

    private Labels() {}

    /** Such as {@code TTFT}. */
    static String of(LatencyObjective objective) {
        return switch (objective) {
            case TIME_TO_FIRST_TOKEN -> "TTFT";
            case TIME_PER_OUTPUT_TOKEN -> "TPOT";
            case END_TO_END -> "E2E";
        };
    }

    /** Such as {@code TTFT P95 ≤ 2.5s}. */
    static String of(LatencyTarget target) {
        String percentile = String.format(
                        Locale.ROOT, "%.2f", target.percentile().value())
                .replaceAll("0+$", "")
                .replaceAll("\\.$", "");
        return of(target.objective()) + " P" + percentile + " ≤ " + ReasonText.seconds(target.target());
    }
}
