package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReasonText;
import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.mapping.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What of a decision is news, compared with the decision before. */
public final class DecisionEvents {

    /** Most events of one decision. */
    public static final int MOST = 8;

    private DecisionEvents() {}

    private enum Weight {
        NOTHING,
        NORMAL,
        WARNING
    }

    /** What a reason is about, without its figures: while that stays the same there is no news. */
    private record Topic(ReasonKind kind, Optional<TierName> tier, Optional<String> subject) {

        static Topic of(Reason reason) {
            return switch (reason.kind()) {
                // Metrics that go from old to absent, or to and fro, began to be missing once.
                case METRICS_PARTIAL, METRICS_STALE, METRICS_ABSENT ->
                    new Topic(ReasonKind.METRICS_STALE, Optional.empty(), Optional.empty());
                // The words of an error may hold figures that are others each time.
                case PLANNING_FAILED -> new Topic(reason.kind(), reason.tier(), Optional.empty());
                default -> new Topic(reason.kind(), reason.tier(), reason.subject());
            };
        }
    }

    private record Nth(int nth, Reason reason) {}

    /**
     * One event for each reason whose kind, tier or subject the decision before did not have, at most {@link #MOST}: first one of
     * each kind, so that ten lost replicas do not hide what is done about them.
     *
     * @param before the decision before; empty after a start, when everything is news
     * @param now the decision in force
     */
    public static List<EventText> of(Optional<Decision> before, Decision now) {
        Set<Topic> told = new HashSet<>();
        before.ifPresent(last -> last.reasons().forEach(reason -> told.add(Topic.of(reason))));
        Map<ReasonKind, Integer> seen = new EnumMap<>(ReasonKind.class);
        List<Nth> news = new ArrayList<>();
        for (Reason reason : now.reasons()) {
            if (weight(reason.kind()) != Weight.NOTHING && told.add(Topic.of(reason))) {
                news.add(new Nth(seen.merge(reason.kind(), 1, Integer::sum), reason));
            }
        }
        return news.stream()
                .sorted(Comparator.comparingInt(Nth::nth))
                .limit(MOST)
                .map(nth -> event(nth.reason()))
                .toList();
    }

    private static EventText event(Reason reason) {
        return new EventText(
                weight(reason.kind()) == Weight.WARNING, Words.REASONS.of(reason.kind()), ReasonText.of(reason));
    }

    private static Weight weight(ReasonKind kind) {
        return switch (kind) {
            case STEADY, ASLEEP, METRICS_BEGUN, RELEASE_DEFERRED, COSTS_MORE, TOO_SMALL -> Weight.NOTHING;
            case STOCK_OUT,
                    QUOTA_REACHED,
                    ENGINE_FAILING,
                    METRICS_MISSING,
                    PLANNING_FAILED,
                    DEMAND_UNSEEN,
                    DEMAND_AMBIGUOUS,
                    DEMAND_QUERY_FAILED,
                    DEMAND_NEEDS_PROMETHEUS,
                    AT_MAX_REPLICAS,
                    TIER_LIMIT,
                    COST_CAP,
                    COST_ALARM,
                    TARGET_INFEASIBLE,
                    SHIFT_ABORTED,
                    REPLICA_LOST,
                    DRAIN_EXPIRED,
                    FOREIGN_SCALER,
                    TIER_MISSING,
                    NO_TIER -> Weight.WARNING;
            case FIRST_START,
                    BELOW_MIN_REPLICAS,
                    DEMAND_ROSE,
                    DEMAND_FELL,
                    IDLE,
                    WOKEN,
                    CHEAPER_GEAR,
                    SHIFT_WAITING,
                    SHIFT_COMPLETED,
                    STOCK_OUT_PROBE,
                    PINNED,
                    PAUSED,
                    RECOMMENDED,
                    METRICS_PARTIAL,
                    METRICS_STALE,
                    METRICS_ABSENT,
                    METRICS_BACK,
                    DRAINING,
                    DRAINED -> Weight.NORMAL;
        };
    }
}
