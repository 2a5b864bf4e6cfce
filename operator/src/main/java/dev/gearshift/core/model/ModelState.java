package dev.gearshift.core.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One model at one moment: what was declared, what runs, what the metrics say.
 *
 * @param spec what was declared
 * @param ordered the replicas that live Deployments ask for, tiers that left the declaration included; empty before the first
 *     Deployment exists
 * @param front the front Service's live choice; empty before it exists
 * @param replicas every replica seen, in order of name
 * @param facts what the cluster said about placing replicas lately
 * @param foreign tiers whose number of replicas somebody else manages, and who
 * @param observation what the metrics say
 */
public record ModelState(
        ModelSpec spec,
        Optional<Gear> ordered,
        Optional<Front> front,
        List<ReplicaState> replicas,
        List<SchedulingFact> facts,
        SortedMap<TierName, String> foreign,
        ModelObservation observation) {

    public ModelState {
        replicas =
                replicas.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
        facts = List.copyOf(facts);
        foreign = Collections.unmodifiableSortedMap(new TreeMap<>(foreign));
    }

    /** This model with its tiers at other prices. */
    public ModelState priced(UnaryOperator<Tier> prices) {
        return new ModelState(spec.priced(prices), ordered, front, replicas, facts, foreign, observation);
    }

    /** This model with what the metrics say. */
    public ModelState observed(ModelObservation seen) {
        return new ModelState(spec, ordered, front, replicas, facts, foreign, seen);
    }

    /** The model's key. */
    public ModelKey key() {
        return spec.key();
    }

    /** Replicas of a tier, in order of name. */
    public List<ReplicaState> on(TierName tier) {
        return replicas.stream().filter(replica -> replica.tier().equals(tier)).toList();
    }
}
