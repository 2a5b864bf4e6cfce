package dev.gearshift.loop;

import dev.gearshift.core.Autoscaler;
import dev.gearshift.core.FleetMemory;
import dev.gearshift.core.Outcome;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Snapshot;
import dev.gearshift.core.model.Tier;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * Collects, decides and publishes, once an interval for the whole fleet. Remembers between intervals what the decision engine
 * asks it to. To be called by one thread at a time.
 */
public final class PlanningLoop {

    private final ClusterView cluster;
    private final MetricsSource metrics;
    private final PriceBook prices;
    private final List<PlanSink> sinks;
    private final Autoscaler autoscaler = new Autoscaler();
    private FleetMemory memory = FleetMemory.EMPTY;

    /**
     * A loop that remembers nothing yet.
     *
     * @param cluster what the cluster is like
     * @param metrics what is asked of the models and how they do
     * @param prices what tiers cost
     * @param sinks told of every outcome, in this order
     */
    public PlanningLoop(ClusterView cluster, MetricsSource metrics, PriceBook prices, List<PlanSink> sinks) {
        this.cluster = cluster;
        this.metrics = metrics;
        this.prices = prices;
        this.sinks = List.copyOf(sinks);
    }

    /** One planning interval. */
    public void plan(Instant now) {
        ClusterView.Fleet fleet = cluster.read();
        SortedMap<ModelKey, ModelObservation> seen = metrics.observe(fleet.measured(), now);
        List<ModelState> models = fleet.models().stream()
                .map(model ->
                        model.priced(this::priced).observed(seen.getOrDefault(model.key(), ModelObservation.ABSENT)))
                .toList();
        List<Tier> tiers = fleet.tiers().stream().map(this::priced).toList();
        Outcome outcome = autoscaler.decide(new Snapshot(now, tiers, models), memory);
        memory = outcome.memory();
        sinks.forEach(sink -> sink.publish(outcome, now));
    }

    private Tier priced(Tier tier) {
        return tier.at(prices.pricePerAccelerator(tier));
    }
}
