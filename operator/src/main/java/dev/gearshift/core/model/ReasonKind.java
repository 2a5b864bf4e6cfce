package dev.gearshift.core.model;

/** Why a plan is what it is. Each kind is one event, one metric label and one sentence; see {@link ReasonText}. */
public enum ReasonKind {
    /** A model that never ran is started. */
    FIRST_START,
    /** More is needed than runs. */
    DEMAND_ROSE,
    /** Less is needed than runs, for long enough. */
    DEMAND_FELL,
    /** Less is needed than runs, not yet for long enough. */
    RELEASE_DEFERRED,
    /** Nothing was asked for so long that the last replica goes. */
    IDLE,
    /** Nothing is asked, and no replica runs. */
    ASLEEP,
    /** Something is asked, and no replica runs. */
    WOKEN,
    /** The source of demand at zero replicas shows nothing of the model. */
    DEMAND_UNSEEN,
    /** The source of demand at zero replicas cannot tell two models apart. */
    DEMAND_AMBIGUOUS,
    /** The user's query for the demand at zero replicas fails. */
    DEMAND_QUERY_FAILED,
    /** There is no Prometheus, without which nobody tells of demand at zero replicas. */
    DEMAND_NEEDS_PROMETHEUS,
    /** Fewer replicas are there or on their way than minReplicas. */
    BELOW_MIN_REPLICAS,
    /** Another mix of tiers is cheaper, by enough for long enough. */
    CHEAPER_GEAR,
    /** A shift to another mix goes on: the new replicas are not ready yet. */
    SHIFT_WAITING,
    /** The new replicas carry the load; the old ones are released. */
    SHIFT_COMPLETED,
    /** The new replicas did not come or do not work; the old ones are kept. */
    SHIFT_ABORTED,
    /** No further accelerator of a tier can be had now. */
    STOCK_OUT,
    /** A namespace's quota forbids more replicas. */
    QUOTA_REACHED,
    /** A tier is asked again after a stock-out. */
    STOCK_OUT_PROBE,
    /** A replica went away without our doing. */
    REPLICA_LOST,
    /** An engine does not run. */
    ENGINE_FAILING,
    /** Metrics have only begun: nothing is released yet. */
    METRICS_BEGUN,
    /** Metrics are old: nothing is released. */
    METRICS_STALE,
    /** Part of the metrics did not come: nothing is released. */
    METRICS_PARTIAL,
    /** There are no metrics: the last known demand is assumed to go on. */
    METRICS_ABSENT,
    /** Metrics have not been good enough to decide on for long. */
    METRICS_MISSING,
    /** Metrics are good enough to decide on again. */
    METRICS_BACK,
    /** More would be ordered but for maxReplicas. */
    AT_MAX_REPLICAS,
    /** More would be ordered but for a tier's limit. */
    TIER_LIMIT,
    /** More would be ordered but for a cost cap. */
    COST_CAP,
    /** The gear costs more than the limit, which is an alarm only. */
    COST_ALARM,
    /** No permitted tier meets a latency target. */
    TARGET_INFEASIBLE,
    /** Replicas were asked for by hand or by another scaler. */
    PINNED,
    /** What runs is kept, as declared. */
    PAUSED,
    /** What is decided is only shown. */
    RECOMMENDED,
    /** A replica finishes its requests before it goes. */
    DRAINING,
    /** A replica finished its requests and goes. */
    DRAINED,
    /** A replica's grace period ended before its requests did. */
    DRAIN_EXPIRED,
    /** Somebody else manages the number of replicas. */
    FOREIGN_SCALER,
    /** A declared tier does not exist (any more): what runs there is left alone. */
    TIER_MISSING,
    /** No tier may be used at all. */
    NO_TIER,
    /** Planning for the model failed, through no fault of its owner: what is ordered is kept. */
    PLANNING_FAILED,
    /** Nothing needs to change. */
    STEADY,
    // What rules out an alternative:
    /** It costs more than the one chosen. */
    COSTS_MORE,
    /** It is below what the targets need. */
    TOO_SMALL
}
