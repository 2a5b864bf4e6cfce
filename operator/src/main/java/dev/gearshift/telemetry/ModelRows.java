package dev.gearshift.telemetry;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.LatencyVerdict;
import dev.gearshift.core.model.TierStatus;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a decision says about its model, as values with labels. What is not known has no row: it is not zero. */
final class ModelRows {

    private ModelRows() {}

    /** Replicas by tier and state. */
    static Map<Tags, Double> replicas(Decision decision) {
        Map<Tags, Double> rows = new HashMap<>();
        for (TierStatus tier : decision.tiers()) {
            Tags tags = model(decision).and("tier", tier.tier().value());
            rows.put(tags.and("state", "desired"), (double) tier.desired());
            rows.put(tags.and("state", "ready"), (double) tier.ready());
            rows.put(tags.and("state", "starting"), (double) tier.starting());
            rows.put(tags.and("state", "draining"), (double) tier.draining());
            rows.put(tags.and("state", "failing"), (double) tier.failing());
        }
        return rows;
    }

    /** The bill for the plan, in dollars per hour. */
    static Map<Tags, Double> cost(Decision decision) {
        return Map.of(model(decision), decision.cost().perHour().dollars().doubleValue());
    }

    /** Demand in requests per second; what is observed only while there are metrics. */
    static Map<Tags, Double> demand(Decision decision) {
        Map<Tags, Double> rows = new HashMap<>();
        Tags tags = model(decision);
        if (decision.freshness() != Freshness.ABSENT) {
            rows.put(tags.and("kind", "observed"), decision.demand().observed().perSecond());
        }
        rows.put(tags.and("kind", "forecast"), decision.demand().forecast().perSecond());
        rows.put(
                tags.and("kind", "provisioned"), decision.demand().provisioned().perSecond());
        return rows;
    }

    /** Bounds of the share of requests that met each latency target. */
    static Map<Tags, Double> attainment(Decision decision) {
        Map<Tags, Double> rows = new HashMap<>();
        for (LatencyVerdict verdict : decision.latency()) {
            Tags tags = model(decision).and("objective", word(verdict.target().objective()));
            verdict.attainment().ifPresent(share -> {
                rows.put(tags.and("bound", "low"), share.low().value());
                rows.put(tags.and("bound", "high"), share.high().value());
            });
        }
        return rows;
    }

    /** What is certainly left of each latency target's error budget. */
    static Map<Tags, Double> errorBudget(Decision decision) {
        Map<Tags, Double> rows = new HashMap<>();
        for (LatencyVerdict verdict : decision.latency()) {
            Tags tags = model(decision).and("objective", word(verdict.target().objective()));
            verdict.budget().ifPresent(left -> rows.put(tags, left.low()));
        }
        return rows;
    }

    /** How old the newest sample is, in seconds. */
    static Map<Tags, Double> metricsAge(Decision decision) {
        return decision.metricsAge()
                .map(age -> Map.of(model(decision), age.toMillis() / 1e3))
                .orElse(Map.of());
    }

    /** Whether metrics are recent enough to decide on. */
    static Map<Tags, Double> fresh(Decision decision) {
        return Map.of(model(decision), decision.freshness() == Freshness.FRESH ? 1.0 : 0.0);
    }

    /** A value as status and events write it: {@code DEMAND_ROSE} is {@code DemandRose}. */
    static String word(Enum<?> value) {
        return Arrays.stream(value.name().split("_", -1))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static Tags model(Decision decision) {
        return Tags.of(
                "namespace", decision.model().namespace(),
                "model.deployment", decision.model().name());
    }
}
