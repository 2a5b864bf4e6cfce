package dev.gearshift.kubernetes.status;

import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.CostState;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.DecisionState;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.LatencyState;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus.TierState;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whether a status is worth a write. Each is a write to etcd and wakes every watcher, and figures change every few seconds: so
 * what people act on is written at once and figures at most every five minutes.
 */
public final class StatusWorth {

    /** How often figures are written when nothing else changes. */
    public static final Duration FIGURES = Duration.ofMinutes(5);

    private StatusWorth() {}

    /**
     * Whether to write a status: at once when a reason, the gear, a count, a bench, a condition's status or reason, or the
     * generation differs; when only figures and messages do, {@link #FIGURES} after the last write; never for the time of the
     * decision alone. Conditions of types that are not Gearshift's do not count.
     *
     * @param live the status the cluster has
     * @param next the status it would have
     * @param lastWritten when a status was written last, if that is known
     * @param now the present
     */
    public static boolean isWorthWriting(
            @Nullable ModelDeploymentStatus live,
            ModelDeploymentStatus next,
            Optional<Instant> lastWritten,
            Instant now) {
        if (live == null || !facts(live).equals(facts(next))) {
            return true;
        }
        return !timeless(live).equals(timeless(next))
                && lastWritten.filter(last -> last.plus(FIGURES).isAfter(now)).isEmpty();
    }

    /** What is left when figures and messages are taken away. */
    private static ModelDeploymentStatus facts(ModelDeploymentStatus status) {
        return new ModelDeploymentStatus(
                status.observedGeneration(),
                status.replicas(),
                status.selector(),
                status.gear(),
                status.ready(),
                each(status.tiers(), StatusWorth::facts),
                each(status.latency(), StatusWorth::facts),
                facts(status.cost()),
                facts(status.decision()),
                conditions(status.conditions(), StatusWorth::facts));
    }

    private static TierState facts(TierState tier) {
        return new TierState(
                tier.name(),
                tier.desired(),
                tier.ready(),
                tier.starting(),
                tier.draining(),
                tier.failing(),
                null,
                null,
                null,
                tier.stockOutUntil());
    }

    private static LatencyState facts(LatencyState latency) {
        return new LatencyState(latency.objective(), latency.target(), latency.percentile(), null, null, null);
    }

    private static @Nullable CostState facts(@Nullable CostState cost) {
        return cost == null ? null : new CostState(null, null, null, null, cost.against());
    }

    private static @Nullable DecisionState facts(@Nullable DecisionState decision) {
        return decision == null ? null : new DecisionState(null, decision.reason(), null, null);
    }

    /** A transition has no time of its own: it is another status, and that is seen already. */
    private static Condition facts(Condition condition) {
        return new ConditionBuilder(condition)
                .withMessage(null)
                .withLastTransitionTime(null)
                .build();
    }

    private static ModelDeploymentStatus timeless(ModelDeploymentStatus status) {
        DecisionState decision = status.decision();
        return new ModelDeploymentStatus(
                status.observedGeneration(),
                status.replicas(),
                status.selector(),
                status.gear(),
                status.ready(),
                each(status.tiers(), UnaryOperator.identity()),
                each(status.latency(), UnaryOperator.identity()),
                status.cost(),
                decision == null
                        ? null
                        : new DecisionState(null, decision.reason(), decision.message(), decision.alternatives()),
                conditions(status.conditions(), UnaryOperator.identity()));
    }

    private static List<Condition> conditions(@Nullable List<Condition> conditions, UnaryOperator<Condition> part) {
        return each(conditions, part).stream()
                .filter(condition -> ConditionType.isKnown(Objects.toString(condition.getType())))
                .sorted(Comparator.comparing(Condition::getType))
                .toList();
    }

    private static <T> List<T> each(@Nullable List<T> things, UnaryOperator<T> part) {
        return things == null ? List.of() : things.stream().map(part).toList();
    }
}
