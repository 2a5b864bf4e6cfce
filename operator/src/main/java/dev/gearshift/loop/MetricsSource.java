package dev.gearshift.loop;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.TierName;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/** Where throughput and latency come from. */
public interface MetricsSource {

    /**
     * One replica whose metrics are wanted.
     *
     * @param model the model it serves
     * @param tier the tier it runs on
     * @param pod its name
     * @param ready whether it is ready
     */
    record Target(ModelKey model, TierName tier, String pod, boolean ready) {}

    /**
     * What is known now about every model that has a target. Asked once a planning interval for the whole fleet. Never throws
     * because metrics are missing: what is missing is absent or stale in the answer.
     *
     * @param targets every replica of the fleet that has been placed on a node
     * @param now the present
     */
    SortedMap<ModelKey, ModelObservation> observe(List<Target> targets, Instant now);
}
