package dev.gearshift.core.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The engine a model is served by, as far as its metrics are concerned.
 *
 * @param type which engine it is
 * @param latencyFrom who measures latency
 * @param metrics what it calls its metrics; there exactly when it is a {@link ServingEngine#CUSTOM} one
 */
public record DeclaredEngine(ServingEngine type, LatencySource latencyFrom, Optional<EngineMetricNames> metrics) {

    /** vLLM, which measures latency itself. */
    public static final DeclaredEngine VLLM =
            new DeclaredEngine(ServingEngine.VLLM, LatencySource.ENGINE, Optional.empty());

    public DeclaredEngine {
        if ((type == ServingEngine.CUSTOM) != metrics.isPresent()) {
            throw new IllegalArgumentException("names of metrics belong to a custom engine, and it needs them");
        }
    }

    /** The latencies the engine itself shows, whoever is asked for them. */
    public SortedSet<LatencyObjective> measures() {
        return metrics.map(DeclaredEngine::named).orElse(type.measures());
    }

    private static SortedSet<LatencyObjective> named(EngineMetricNames names) {
        SortedSet<LatencyObjective> named = new TreeSet<>();
        for (LatencyObjective objective : LatencyObjective.values()) {
            if (names.latency(objective).isPresent()) {
                named.add(objective);
            }
        }
        return Collections.unmodifiableSortedSet(named);
    }
}
