package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierStatus;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.TierState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Condition {@code CapacityAvailable} of a model: whether any of its tiers is not asked because it gives nothing.
 *
 * <p>A decision names the cause of a bench only when it begins. While one that was a quota's lasts, the cause is taken from what
 * was written then.
 */
final class CapacityFinding {

    private static final String AVAILABLE = "Available";
    private static final String STOCK_OUT = "StockOut";
    private static final String QUOTA_REACHED = "QuotaReached";

    private CapacityFinding() {}

    static Finding of(Decision decision, Conditions conditions, @Nullable ModelDeploymentStatus before) {
        SortedMap<TierName, Instant> benched = new TreeMap<>();
        for (TierStatus tier : decision.tiers()) {
            tier.stockOutUntil().ifPresent(until -> benched.put(tier.tier(), until));
        }
        if (benched.isEmpty()) {
            return Finding.holds(AVAILABLE, "nothing is known to be out of stock");
        }
        String when = benched.entrySet().stream()
                .map(bench -> bench.getKey() + " is not asked before " + Figures.time(bench.getValue()))
                .collect(Collectors.joining(", "));
        return decision.because(ReasonKind.QUOTA_REACHED) || wasQuota(benched, conditions, before)
                ? Finding.fails(QUOTA_REACHED, "a quota of the namespace forbids more replicas: " + when)
                : Finding.fails(STOCK_OUT, "no further accelerators can be had: " + when);
    }

    /** What a hardware tier says of itself. */
    static Finding of(Optional<Instant> stockOutUntil) {
        return stockOutUntil
                .map(until -> Finding.fails(
                        STOCK_OUT, "no further accelerators can be had: not asked before " + Figures.time(until)))
                .orElseGet(() -> Finding.holds(AVAILABLE, "nothing is known to be out of stock"));
    }

    private static boolean wasQuota(
            SortedMap<TierName, Instant> benched, Conditions conditions, @Nullable ModelDeploymentStatus before) {
        List<TierState> tiers = before == null || before.tiers() == null ? List.of() : before.tiers();
        return conditions
                        .before(ConditionType.CAPACITY_AVAILABLE)
                        .filter(condition -> QUOTA_REACHED.equals(condition.getReason()))
                        .isPresent()
                && benched.entrySet().stream()
                        .anyMatch(bench -> tiers.stream()
                                .anyMatch(tier -> bench.getKey().value().equals(tier.name())
                                        && Figures.time(bench.getValue()).equals(tier.stockOutUntil())));
    }
}
