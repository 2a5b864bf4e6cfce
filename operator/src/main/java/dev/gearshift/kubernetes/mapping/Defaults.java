package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.LatencySource;
import dev.gearshift.core.model.Precedence;
import dev.gearshift.core.model.Precision;
import dev.gearshift.core.model.ScalingMode;
import dev.gearshift.core.model.ServingEngine;
import java.time.Duration;

/** What is assumed where a declaration says nothing. The schema fills in the same where it can. */
public final class Defaults {

    /** Weights are 16-bit. */
    public static final Precision PRECISION = Precision.BF16;

    /** A target is for 95 % of requests. */
    public static final double PERCENTILE = 95;

    /** Error budgets are counted over a day: every hour of it once. */
    public static final Duration BUDGET_WINDOW = Duration.ofHours(24);

    /** At least one replica. */
    public static final int MIN_REPLICAS = 1;

    /** At most so many replicas: enough for most models, few enough that a mistake does not ruin anybody. */
    public static final int MAX_REPLICAS = 20;

    /** Decisions are carried out. */
    public static final ScalingMode MODE = ScalingMode.AUTO;

    /** Cost limits are alarms. */
    public static final Precedence PRECEDENCE = Precedence.LATENCY;

    /** A drained replica may finish what takes no longer than this. */
    public static final Duration DRAIN_GRACE = Duration.ofMinutes(10);

    /** No floor under the planner's own patience. */
    public static final Duration SCALE_DOWN_STABILIZATION = Duration.ZERO;

    /** How long nothing must be asked before the last replica goes: many times what starting one takes. */
    public static final Duration IDLE_AFTER = Duration.ofMinutes(15);

    /** HTTP. */
    public static final int SERVICE_PORT = 80;

    /** Where endpoint pickers listen for gateways. */
    public static final int PICKER_PORT = 9002;

    /** vLLM; where an engine listens is in {@link EngineFacts}. */
    public static final ServingEngine ENGINE = ServingEngine.VLLM;

    /** Engines measure latency themselves. */
    public static final LatencySource LATENCY_FROM = LatencySource.ENGINE;

    /** One accelerator a replica. */
    public static final int ACCELERATORS_PER_REPLICA = 1;

    /** What vLLM batches at most, on most accelerators. */
    public static final int MAX_SEQUENCES = 256;

    /** What vLLM computes in one step at most, on most accelerators. */
    public static final int MAX_BATCHED_TOKENS = 2048;

    /** One accelerator a node. */
    public static final int ACCELERATORS_PER_NODE = 1;

    /** By the hour. */
    public static final CapacityType CAPACITY_TYPE = CapacityType.ON_DEMAND;

    /** What most device plugins offer. */
    public static final String ACCELERATOR_RESOURCE = "nvidia.com/gpu";

    private Defaults() {}
}
