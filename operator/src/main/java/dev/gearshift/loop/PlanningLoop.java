package dev.gearshift.loop;

import dev.gearshift.core.Autoscaler;
import dev.gearshift.core.FleetMemory;
import dev.gearshift.core.Outcome;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Snapshot;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects, decides and publishes, once an interval for the whole fleet. Remembers between intervals what the decision engine
 * asks it to, and has it outlive the process in a {@link MemoryStore}. To be called by one thread at a time.
 */
public final class PlanningLoop {

    private final ClusterView cluster;
    private final MetricsSource metrics;
    private final PriceBook prices;
    private final MemoryStore store;
    private final List<PlanSink> sinks;
    private final Autoscaler autoscaler = new Autoscaler();
    private FleetMemory memory = FleetMemory.EMPTY;

    /**
     * A loop that remembers nothing yet.
     *
     * @param cluster what the cluster is like
     * @param metrics what is asked of the models and how they do
     * @param prices what tiers cost
     * @param store where what is remembered is found at the first plan, and kept
     * @param sinks told of every outcome, in this order
     */
    public PlanningLoop(
            ClusterView cluster, MetricsSource metrics, PriceBook prices, MemoryStore store, List<PlanSink> sinks) {
        this.cluster = cluster;
        this.metrics = metrics;
        this.prices = prices;
        this.store = store;
        this.sinks = List.copyOf(sinks);
    }

    /** One planning interval. */
    public void plan(Instant now) {
        ClusterView.Fleet fleet = cluster.read();
        SortedMap<ModelKey, ModelObservation> seen = metrics.observe(fleet.measured(), now);
        SortedMap<TierName, QuotedTier> tiers = quoted(fleet.tiers(), now);
        List<ModelState> models = fleet.models().stream()
                .map(model -> model.priced(tier -> priced(tier, tiers))
                        .observed(seen.getOrDefault(model.key(), ModelObservation.ABSENT)))
                .toList();
        Snapshot snapshot = new Snapshot(
                now, tiers.values().stream().map(QuotedTier::priced).toList(), models);
        Outcome outcome = autoscaler.decide(snapshot, known(snapshot));
        memory = outcome.memory();
        List<QuotedTier> quoted = List.copyOf(tiers.values());
        sinks.forEach(sink -> {
            sink.quoted(quoted);
            sink.publish(outcome, now);
        });
        store.offer(memory.kept(snapshot), now);
    }

    /** What is remembered, with what the store has of models that are new here: at the first plan all of them. */
    private FleetMemory known(Snapshot snapshot) {
        SortedSet<ModelKey> unknown = new TreeSet<>();
        snapshot.models().stream()
                .map(ModelState::key)
                .filter(model -> !memory.models().containsKey(model))
                .forEach(model -> unknown.add(model));
        return unknown.isEmpty() ? memory : memory.resuming(store.read(unknown, snapshot.time()), snapshot);
    }

    private SortedMap<TierName, QuotedTier> quoted(List<TierFacts> tiers, Instant now) {
        SortedMap<TierName, Quote> quotes = prices.quotes(tiers, now);
        SortedMap<TierName, QuotedTier> quoted = new TreeMap<>();
        for (TierFacts tier : tiers) {
            Quote quote = quotes.get(tier.tier().name());
            quoted.put(tier.tier().name(), new QuotedTier(tier, quote == null ? Quote.declared(tier) : quote));
        }
        return quoted;
    }

    private static Tier priced(Tier tier, SortedMap<TierName, QuotedTier> tiers) {
        QuotedTier quoted = tiers.get(tier.name());
        return quoted == null ? tier : tier.at(quoted.quote().price().perAccelerator());
    }
}
