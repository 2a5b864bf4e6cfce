package dev.gearshift.sandbox.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as text for whoever watched. */
final class DemoSummary {

    private static final int DECISIONS_SHOWN = 12;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private DemoSummary() {}

    static List<String> of(DemoReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("After " + Duration.ofSeconds(report.simulatedSeconds()).toMinutes() + " minutes of traffic (seed "
                + report.seed() + ")");
        lines.add(row("requests", requests(report)));
        attainment(report)
                .forEach((name, share) ->
                        lines.add(row(name, String.format(Locale.ROOT, "%.1f %% met the target", share * 100))));
        lines.add(row("cost", "$" + cents(report.costUsd()) + against(report)));
        lines.add(row(
                "replicas",
                report.meanReplicas() + " ready on average; " + report.scaleUps() + " scale-ups, " + report.scaleDowns()
                        + " scale-downs, " + report.shifts() + " changes of tiers"));
        if (report.prometheus() != null) {
            lines.add(row("Prometheus", report.prometheus().inAll()));
        }
        lines.add("");
        lines.add("Decisions that mattered");
        List<DemoReport.Entry> decisions = decisive(report.decisions());
        decisions.stream()
                .limit(DECISIONS_SHOWN)
                .forEach(entry -> lines.add("  " + entry.time().substring(11, 19) + "  " + entry.message()));
        if (decisions.size() > DECISIONS_SHOWN) {
            lines.add("  … and " + (decisions.size() - DECISIONS_SHOWN) + " more; --json writes all of them");
        }
        return lines;
    }

    private static String requests(DemoReport report) {
        long served = report.requests() - report.failedRequests() - report.unfinished();
        StringBuilder text = new StringBuilder(served + " of " + report.requests() + " served, "
                + report.failedRequests() + " failed, " + report.unfinished() + " still under way");
        if (!report.failedByCause().isEmpty()) {
            text.append(" (failed by ");
            String comma = "";
            for (Map.Entry<String, Long> cause : report.failedByCause().entrySet()) {
                text.append(comma)
                        .append(cause.getKey().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .append(": ")
                        .append(cause.getValue());
                comma = ", ";
            }
            text.append(')');
        }
        return text.toString();
    }

    private static Map<String, Double> attainment(DemoReport report) {
        Map<String, Double> shares = new java.util.LinkedHashMap<>();
        DemoReport.Attained attained = report.attainment();
        if (attained.timeToFirstToken() != null) {
            shares.put("TTFT", attained.timeToFirstToken());
        }
        if (attained.timePerOutputToken() != null) {
            shares.put("TPOT", attained.timePerOutputToken());
        }
        if (attained.endToEnd() != null) {
            shares.put("end-to-end", attained.endToEnd());
        }
        return shares;
    }

    private static String against(DemoReport report) {
        if (report.staticPeakCostUsd() == null || report.staticPeak() == null) {
            return "; no constant number of on-demand replicas reaches the targets";
        }
        BigDecimal share =
                report.costUsd().multiply(HUNDRED).divide(report.staticPeakCostUsd(), 0, RoundingMode.HALF_UP);
        return ", " + share + " % of the $" + cents(report.staticPeakCostUsd()) + " that the static peak costs: "
                + report.staticPeak().replicas() + " replicas on "
                + report.staticPeak().tier() + " all the time";
    }

    private static String cents(BigDecimal dollars) {
        return dollars.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    /** The decisions that went to another gear. */
    private static List<DemoReport.Entry> decisive(List<DemoReport.Entry> all) {
        List<DemoReport.Entry> changes = new ArrayList<>();
        Map<String, String> targets = new java.util.HashMap<>();
        for (DemoReport.Entry entry : all) {
            if (!entry.target().equals(targets.put(entry.model(), entry.target()))) {
                changes.add(entry);
            }
        }
        return changes;
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "  %-11s %s", name, value);
    }
}
