package dev.gearshift.core.model;

import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** The one place where a reason becomes a sentence. Status, events, logs and the live view all show what this returns. */
public final class ReasonText {

    private ReasonText() {}

    /** One English sentence without a final stop. */
    public static String of(Reason reason) {
        String tier = reason.tier().map(TierName::value).orElse("any tier");
        String subject = reason.subject().orElse("it");
        String seen = reason.observed().map(ReasonText::quantity).orElse("?");
        String limit = reason.limit().map(ReasonText::quantity).orElse("?");
        String sentence = switch (reason.kind()) {
            case FIRST_START -> "first start on the cheapest feasible tier, " + tier;
            case DEMAND_ROSE ->
                "demand needs %s, but only %s can be carried: going to %s".formatted(seen, limit, subject);
            case DEMAND_FELL ->
                "demand needs only %s of the %s that can be carried: going to %s".formatted(seen, limit, subject);
            case RELEASE_DEFERRED -> "%s would do, and is gone to when it has done for %s".formatted(subject, limit);
            case IDLE -> "nothing was asked for %s: no replica is kept".formatted(limit);
            case ASLEEP -> "nothing is asked, so no replica runs; the next request starts one";
            case WOKEN -> "%s are asked and no replica runs: going to %s".formatted(seen, subject);
            case DEMAND_UNSEEN ->
                "the source of spec.scaling.demandAtZero shows nothing of the model" + words(reason)
                        + "; without it no replica is started from zero and the last one is not released";
            case DEMAND_AMBIGUOUS ->
                "another model is served under the same name, and the source of spec.scaling.demandAtZero does not tell"
                        + " them apart: rename one, or use a Query";
            case DEMAND_QUERY_FAILED ->
                "spec.scaling.demandAtZero.query fails and is not asked for 10 minutes unless it is changed"
                        + words(reason);
            case DEMAND_NEEDS_PROMETHEUS ->
                "minReplicas 0 is taken for 1: start the operator with --prometheus-url, or write minReplicas 1";
            case BELOW_MIN_REPLICAS -> "%s of at least %s replicas: going to %s".formatted(seen, limit, subject);
            case CHEAPER_GEAR -> "%s carries the same for less".formatted(subject);
            case SHIFT_WAITING -> "%s serves on until the replicas on %s are ready".formatted(subject, tier);
            case SHIFT_COMPLETED -> "%s carries the load; the old replicas are released".formatted(subject);
            case SHIFT_ABORTED ->
                "the replicas on %s were not ready within %s: kept %s".formatted(tier, limit, subject);
            case STOCK_OUT -> "no further %s can be had; not asked again for %s".formatted(tier, limit);
            case QUOTA_REACHED -> "a quota of the namespace forbids more replicas on %s".formatted(tier);
            case STOCK_OUT_PROBE -> "%s is asked again for one replica after a stock-out".formatted(tier);
            case REPLICA_LOST -> "replica %s on %s went away; it is replaced".formatted(subject, tier);
            case ENGINE_FAILING ->
                "the engine fails on %s: %s"
                        .formatted(
                                tier, reason.failure().map(ReasonText::failure).orElse(subject));
            case METRICS_BEGUN -> "metrics have only begun: nothing is released yet";
            case METRICS_STALE -> "metrics are %s old: nothing is released".formatted(seen);
            case METRICS_PARTIAL -> "part of the metrics did not come: nothing is released";
            case METRICS_ABSENT -> "no metrics: the demand of %s is assumed to go on".formatted(seen);
            case METRICS_MISSING ->
                "metrics have not been good enough to decide on for more than %s, although replicas are ready"
                        .formatted(limit);
            case METRICS_BACK -> "metrics are good enough to decide on again, after %s".formatted(seen);
            case AT_MAX_REPLICAS -> "demand needs %s, but maxReplicas is %s".formatted(seen, limit);
            case TIER_LIMIT -> "demand needs %s, but no more of %s may be asked for".formatted(seen, tier);
            case COST_CAP -> "demand needs %s, but maxPerHour is %s".formatted(seen, limit);
            case COST_ALARM -> "%s is above maxPerHour, %s; latency takes precedence".formatted(seen, limit);
            case TARGET_INFEASIBLE ->
                "no permitted tier meets the %s target of %s; the best is %s on %s"
                        .formatted(subject, limit, seen, tier);
            case PINNED -> "spec.scaling.replicas asks for %s".formatted(limit);
            case PAUSED -> "paused: what runs is kept";
            case RECOMMENDED -> "only recommended: %s".formatted(subject);
            case DRAINING -> "%s finishes %s before it goes".formatted(subject, requests(reason));
            case DRAINED -> "%s has finished its requests and goes".formatted(subject);
            case DRAIN_EXPIRED -> "%s goes after %s with %s unfinished".formatted(subject, limit, requests(reason));
            case FOREIGN_SCALER -> "%s manages the replicas on %s".formatted(subject, tier);
            case TIER_MISSING -> "hardware tier %s does not exist: what runs there is left alone".formatted(tier);
            case NO_TIER -> "no tier may be used now";
            case PLANNING_FAILED -> "planning failed, what is ordered is kept: %s".formatted(subject);
            case STEADY -> "%s carries %s, %s are needed".formatted(subject, limit, seen);
            case COSTS_MORE -> "costs more";
            case TOO_SMALL -> "carries %s of %s".formatted(seen, limit);
        };
        return sentence + bill(reason);
    }

    /** Such as {@code container engine ended with code 1 (Error), restarted 3 times: CUDA out of memory}. */
    private static String failure(EngineFailure failure) {
        String what = failure.exitCode().isPresent()
                ? "ended with code %d (%s)".formatted(failure.exitCode().getAsInt(), failure.cause())
                : "does not start (%s)".formatted(failure.cause());
        String restarts = switch (failure.restarts()) {
            case 0 -> "";
            case 1 -> ", restarted once";
            default -> ", restarted " + failure.restarts() + " times";
        };
        String message = failure.message().isEmpty() ? "" : ": " + failure.message();
        return "container " + failure.container() + " " + what + restarts + message;
    }

    /** What a server said. */
    private static String words(Reason reason) {
        return reason.subject().map(said -> " (" + said + ")").orElse("");
    }

    private static String requests(Reason reason) {
        long count = reason.observed()
                .map(seen -> seen instanceof Count number ? number.value() : 0L)
                .orElse(0L);
        return count == 0 ? "no request" : count == 1 ? "1 request" : count + " requests";
    }

    /** A quantity with its unit, rounded for reading. */
    public static String quantity(Quantity quantity) {
        if (quantity instanceof Seconds seconds) {
            return seconds(seconds);
        } else if (quantity instanceof RequestRate rate) {
            return decimals(rate.perSecond(), 2) + " req/s";
        } else if (quantity instanceof TokenRate rate) {
            return decimals(rate.perSecond(), 0) + " tokens/s";
        } else if (quantity instanceof Tokens tokens) {
            return decimals(tokens.count(), 0) + " tokens";
        } else if (quantity instanceof Share share) {
            return decimals(share.value() * 100, 1) + " %";
        } else if (quantity instanceof HourlyCost cost) {
            return hourly(cost);
        } else if (quantity instanceof Money money) {
            return money(money);
        } else if (quantity instanceof Count count) {
            return Long.toString(count.value());
        }
        throw new IllegalArgumentException("unknown quantity " + quantity);
    }

    /** Such as {@code $12.40/h}. */
    public static String hourly(HourlyCost cost) {
        return money(cost.perHour()) + "/h";
    }

    /** Such as {@code $12.40}. */
    public static String money(Money money) {
        String amount = money.dollars().abs().setScale(2, RoundingMode.HALF_UP).toPlainString();
        return (money.compareTo(Money.ZERO) < 0 ? "-$" : "$") + amount;
    }

    /** Such as {@code 85ms}, {@code 2.5s} or {@code 12m}. */
    public static String seconds(Seconds seconds) {
        if (!seconds.isFinite()) {
            return "never";
        }
        double value = seconds.value();
        if (value < 1) {
            return decimals(value * 1e3, 0) + "ms";
        } else if (value < 120) {
            return trimmed(value) + "s";
        }
        return trimmed(value / 60) + "m";
    }

    private static String bill(Reason reason) {
        Optional<HourlyCost> before = reason.before();
        Optional<HourlyCost> after = reason.after();
        if (before.isEmpty() || after.isEmpty()) {
            return "";
        }
        return before.equals(after)
                ? " (" + hourly(after.get()) + ")"
                : " (" + hourly(before.get()) + " → " + hourly(after.get()) + ")";
    }

    private static String trimmed(double value) {
        String text = decimals(value, 1);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String decimals(double value, int places) {
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
