package dev.gearshift.loop;

import dev.gearshift.core.model.DemandSource;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.TierName;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

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
     * One model whose metrics are wanted, whether or not it has a replica.
     *
     * @param key which model
     * @param servedName the name requests give it
     * @param latencyFromGateway whether its latencies are those a gateway measures, not the engines'
     * @param demand who tells what is asked of it while it has no replica; empty when nobody need
     */
    record Model(ModelKey key, String servedName, boolean latencyFromGateway, Optional<DemandSource> demand) {}

    /**
     * What metrics are wanted of.
     *
     * @param models every model, each once
     * @param targets every replica that has been placed on a node
     * @param promised the latencies any model has a target for; nobody asks for others
     */
    record Fleet(List<Model> models, List<Target> targets, SortedSet<LatencyObjective> promised) {

        public Fleet {
            models = List.copyOf(models);
            targets = List.copyOf(targets);
            promised = Collections.unmodifiableSortedSet(new TreeSet<>(promised));
        }

        /** One in which every latency is wanted. */
        public Fleet(List<Model> models, List<Target> targets) {
            this(models, targets, new TreeSet<>(Arrays.asList(LatencyObjective.values())));
        }
    }

    /**
     * What is known now about every model that has a replica or somebody in front of it who tells. Asked once a planning interval
     * for the whole fleet. Never throws because metrics are missing: what is missing is absent or stale in the answer.
     *
     * @param fleet what metrics are wanted of
     * @param now the present
     */
    SortedMap<ModelKey, ModelObservation> observe(Fleet fleet, Instant now);
}
