package dev.gearshift.core.guard;

import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.ReplicaPhase;
import dev.gearshift.core.model.ReplicaState;
import dev.gearshift.core.model.SchedulingFact;
import dev.gearshift.core.model.SchedulingFact.Kind;
import dev.gearshift.core.model.TierName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which tiers have nothing more to give. A replica that finds no node proves nothing by itself: that is the usual prelude to a
 * node autoscaler's order. A tier is benched when
 *
 * <ul>
 *   <li>the node autoscaler refuses every replica that waits for the tier without an order under way,
 *   <li>nobody ordered a node for a waiting replica within {@link #SILENCE}, or
 *   <li>a node was ordered but the replica is still without one after {@link #OVERDUE}.
 * </ul>
 *
 * A replica that has a node and is not ready is never a stock-out. A quota benches the tier for its namespace only.
 *
 * @param byTier benches that hold for every model
 * @param byQuota benches that hold for one namespace, by namespace
 */
public record StockOuts(SortedMap<TierName, Bench> byTier, SortedMap<String, SortedMap<TierName, Bench>> byQuota) {

    /** How long a replica may wait without anybody ordering a node for it. */
    public static final Duration SILENCE = Duration.ofSeconds(90);

    /** How long an ordered node may take: a first guess of the 99th percentile of provisioning. */
    public static final Duration OVERDUE = Duration.ofMinutes(15);

    /** No tier is benched. */
    public static final StockOuts NONE = new StockOuts(new TreeMap<>(), new TreeMap<>());

    public StockOuts {
        byTier = Collections.unmodifiableSortedMap(new TreeMap<>(byTier));
        byQuota = Collections.unmodifiableSortedMap(new TreeMap<>(byQuota));
    }

    /**
     * These and what another operator knew of tiers and of one namespace's quota; of two benches of a tier the later one holds. One that is
     * over already, because a replica was placed since, ends at the next look.
     */
    public StockOuts and(SortedMap<TierName, Bench> tiers, String namespace, SortedMap<TierName, Bench> quota) {
        SortedMap<String, SortedMap<TierName, Bench>> quotas = new TreeMap<>(byQuota);
        if (!quota.isEmpty()) {
            quotas.put(namespace, later(quotas(namespace), quota));
        }
        return new StockOuts(later(byTier, tiers), quotas);
    }

    private static SortedMap<TierName, Bench> later(
            SortedMap<TierName, Bench> some, SortedMap<TierName, Bench> others) {
        SortedMap<TierName, Bench> all = new TreeMap<>(some);
        others.forEach((tier, bench) ->
                all.merge(tier, bench, (one, other) -> one.until().isBefore(other.until()) ? other : one));
        return all;
    }

    /** The benches of a namespace's quota. */
    public SortedMap<TierName, Bench> quota(String namespace) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(quotas(namespace)));
    }

    /** The bench that keeps a model's namespace from asking a tier now, if there is one. */
    public Optional<Bench> bench(String namespace, TierName tier, Instant now) {
        return Optional.ofNullable(quotas(namespace).get(tier))
                .filter(bench -> bench.holds(now))
                .or(() -> Optional.ofNullable(byTier.get(tier)).filter(bench -> bench.holds(now)));
    }

    /** Whether a tier may be asked for one replica only, to see whether it has something again. */
    public boolean probes(String namespace, TierName tier, Instant now) {
        return bench(namespace, tier, now).isEmpty()
                && (byTier.containsKey(tier) || quotas(namespace).containsKey(tier));
    }

    /** Whether a tier is benched because of a namespace's quota. */
    public boolean isQuota(String namespace, TierName tier, Instant now) {
        Bench quota = quotas(namespace).get(tier);
        return quota != null && quota.holds(now);
    }

    /** What is known after one more look at the fleet. */
    public StockOuts after(List<ModelState> models, Instant now) {
        SortedMap<TierName, Bench> tiers = new TreeMap<>(byTier);
        SortedMap<String, SortedMap<TierName, Bench>> quotas = new TreeMap<>(byQuota);
        SortedMap<TierName, Signs> signs = new TreeMap<>();
        for (ModelState model : models) {
            for (ReplicaState replica : wanted(model)) {
                signs.computeIfAbsent(replica.tier(), tier -> new Signs()).see(replica, model.facts(), byTier, now);
            }
            forgetQuotas(model, quotas, now);
            noteQuotas(model, quotas, now);
        }
        quotas.keySet()
                .retainAll(models.stream().map(model -> model.key().namespace()).toList());
        signs.forEach((tier, seen) -> {
            Bench bench = tiers.get(tier);
            boolean holds = bench != null && bench.holds(now);
            if (bench != null && seen.placedSince) {
                tiers.remove(tier);
            } else if (seen.outOfStock() && !holds) {
                tiers.put(tier, bench == null ? Bench.first(now) : bench.again(now));
            }
        });
        return new StockOuts(tiers, quotas);
    }

    /**
     * The replicas without waiting ones beyond what is ordered: those surge while a template is rolled out, and that there is no
     * room beside the old ones says nothing about the tier.
     */
    private static List<ReplicaState> wanted(ModelState model) {
        SortedMap<TierName, Integer> surplus = new TreeMap<>();
        model.replicas().stream()
                .filter(replica -> replica.phase() != ReplicaPhase.TERMINATING)
                .forEach(replica -> surplus.merge(replica.tier(), 1, Integer::sum));
        surplus.replaceAll((tier, present) ->
                present - model.ordered().map(gear -> gear.on(tier)).orElse(present));
        List<ReplicaState> wanted = new ArrayList<>();
        for (ReplicaState replica : model.replicas()) {
            int beyond = surplus.getOrDefault(replica.tier(), 0);
            if (replica.phase() == ReplicaPhase.UNSCHEDULED && beyond > 0) {
                surplus.put(replica.tier(), beyond - 1);
            } else {
                wanted.add(replica);
            }
        }
        return wanted;
    }

    private SortedMap<TierName, Bench> quotas(String namespace) {
        return byQuota.getOrDefault(namespace, Collections.emptySortedMap());
    }

    /** A replica that could be created after the bench shows that the quota leaves room again. */
    private static void forgetQuotas(
            ModelState model, SortedMap<String, SortedMap<TierName, Bench>> quotas, Instant now) {
        SortedMap<TierName, Bench> known =
                new TreeMap<>(quotas.getOrDefault(model.key().namespace(), new TreeMap<>()));
        known.entrySet()
                .removeIf(entry -> !entry.getValue().holds(now)
                        && model.on(entry.getKey()).stream()
                                .anyMatch(replica -> replica.created()
                                        .isAfter(entry.getValue().until())));
        quotas.put(model.key().namespace(), known);
    }

    private static void noteQuotas(
            ModelState model, SortedMap<String, SortedMap<TierName, Bench>> quotas, Instant now) {
        for (SchedulingFact fact : model.facts()) {
            if (fact.kind() != Kind.QUOTA_EXCEEDED) {
                continue;
            }
            SortedMap<TierName, Bench> known =
                    new TreeMap<>(quotas.getOrDefault(model.key().namespace(), new TreeMap<>()));
            Bench bench = known.get(fact.tier());
            boolean news = bench == null
                    ? fact.at().plus(Bench.FIRST).isAfter(now)
                    : !bench.holds(now) && fact.at().isAfter(bench.until());
            if (news) {
                known.put(fact.tier(), bench == null ? Bench.first(now) : bench.again(now));
                quotas.put(model.key().namespace(), known);
            }
        }
    }

    /** Whether a replica waits for a node that somebody ordered and that can still be expected. */
    public static boolean expected(ReplicaState replica, List<SchedulingFact> facts, Instant now) {
        return ordered(replica, facts)
                && Duration.between(replica.created(), now).compareTo(OVERDUE) <= 0;
    }

    private static boolean ordered(ReplicaState replica, List<SchedulingFact> facts) {
        Optional<Instant> order = last(Kind.SCALE_UP_TRIGGERED, replica, facts);
        Optional<Instant> refusal = last(Kind.SCALE_UP_REFUSED, replica, facts);
        return order.isPresent() && (refusal.isEmpty() || !refusal.get().isAfter(order.get()));
    }

    private static Optional<Instant> last(Kind kind, ReplicaState replica, List<SchedulingFact> facts) {
        return facts.stream()
                .filter(fact -> fact.kind() == kind && fact.pod().equals(Optional.of(replica.name())))
                .map(SchedulingFact::at)
                .max(Instant::compareTo);
    }

    /** What the replicas of one tier show. */
    private static final class Signs {
        private final List<ReplicaState> withoutOrder = new ArrayList<>();
        private int refused;
        private boolean overdue;
        private boolean silent;
        private boolean placedSince;

        void see(ReplicaState replica, List<SchedulingFact> facts, SortedMap<TierName, Bench> benches, Instant now) {
            Bench bench = benches.get(replica.tier());
            if (bench != null
                    && replica.scheduled().isPresent()
                    && replica.scheduled().get().isAfter(bench.until().minus(bench.backoff()))) {
                placedSince = true;
            }
            if (replica.phase() != ReplicaPhase.UNSCHEDULED) {
                return;
            }
            Duration waited = Duration.between(replica.created(), now);
            if (ordered(replica, facts)) {
                overdue |= waited.compareTo(OVERDUE) > 0;
                return;
            }
            withoutOrder.add(replica);
            if (last(Kind.SCALE_UP_REFUSED, replica, facts).isPresent()) {
                refused++;
            }
            silent |= waited.compareTo(SILENCE) > 0
                    && last(Kind.FAILED_SCHEDULING, replica, facts).isPresent();
        }

        boolean outOfStock() {
            return overdue || silent || (refused > 0 && refused == withoutOrder.size());
        }
    }
}
