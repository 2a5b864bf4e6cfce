package dev.gearshift.kubernetes.reconcile;

import dev.gearshift.core.Outcome;
import dev.gearshift.core.guard.Bench;
import dev.gearshift.core.guard.StockOuts;
import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.PlanSink;
import dev.gearshift.loop.Quote;
import dev.gearshift.loop.QuotedTier;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest decision on each model. A model is woken when its decision says something else than the one before, when it gets its
 * first or loses its last one, and otherwise every {@link #REFRESH}, so that figures in its status do not grow old.
 */
public final class PlanStore implements PlanSink {

    /** How old the figures in a status may become while nothing changes. */
    public static final Duration REFRESH = Duration.ofMinutes(5);

    /** Told what has news. */
    public interface Wakers {

        /** A model has news. */
        void wake(ModelKey model);

        /** Every decision of an interval is in the store. */
        void intervalOver();
    }

    private record Kept(Decision decision, Object gist, Instant woken) {}

    private final Map<ModelKey, Kept> newest = new ConcurrentHashMap<>();
    private volatile StockOuts stockOuts = StockOuts.NONE;
    private volatile SortedMap<TierName, Quote> quotes = Collections.emptySortedMap();
    private final Wakers wakers;

    /**
     * A store without decisions.
     *
     * @param wakers told of news; called by the thread that publishes
     */
    public PlanStore(Wakers wakers) {
        this.wakers = wakers;
    }

    @Override
    public void quoted(List<QuotedTier> tiers) {
        SortedMap<TierName, Quote> newestQuotes = new TreeMap<>();
        tiers.forEach(tier -> newestQuotes.put(tier.facts().tier().name(), tier.quote()));
        quotes = newestQuotes;
    }

    @Override
    public void publish(Outcome outcome, Instant now) {
        stockOuts = outcome.memory().stockOuts();
        SortedMap<ModelKey, Decision> decided = new TreeMap<>();
        outcome.decisions().forEach(decision -> decided.put(decision.model(), decision));
        List<ModelKey> gone = newest.keySet().stream()
                .filter(model -> !decided.containsKey(model))
                .sorted()
                .toList();
        gone.forEach(model -> {
            newest.remove(model);
            wakers.wake(model);
        });
        decided.forEach((model, decision) -> {
            Object gist = gist(decision);
            Kept before = newest.get(model);
            boolean news = before == null
                    || !before.gist().equals(gist)
                    || !now.isBefore(before.woken().plus(REFRESH));
            newest.put(model, new Kept(decision, gist, news || before == null ? now : before.woken()));
            if (news) {
                wakers.wake(model);
            }
        });
        wakers.intervalOver();
    }

    /** The newest decision on a model; empty when none was made, or its declaration is refused. */
    public Optional<Decision> decision(ModelKey model) {
        return Optional.ofNullable(newest.get(model)).map(Kept::decision);
    }

    /** Until when a tier is not asked for more by any model. */
    Optional<Instant> stockOutUntil(TierName tier, Instant now) {
        return Optional.ofNullable(stockOuts.byTier().get(tier))
                .filter(bench -> bench.holds(now))
                .map(Bench::until);
    }

    /** What a tier costs and draws; empty before the first plan, and for a tier that cannot be used. */
    Optional<Quote> quote(TierName tier) {
        return Optional.ofNullable(quotes.get(tier));
    }

    /** What must be the same for two decisions to say the same: everything but figures that change all the time. */
    private static Object gist(Decision decision) {
        return List.of(
                decision.generation(),
                decision.plan(),
                decision.target(),
                decision.freshness(),
                decision.progress(),
                decision.reasons().stream()
                        .map(reason -> List.of(reason.kind(), reason.tier(), reason.subject()))
                        .toList(),
                decision.tiers().stream()
                        .map(tier -> List.of(
                                tier.tier(),
                                tier.desired(),
                                tier.ready(),
                                tier.starting(),
                                tier.draining(),
                                tier.failing(),
                                tier.stockOutUntil()))
                        .toList(),
                decision.latency().stream()
                        .map(latency -> List.of(latency.target(), latency.verdict()))
                        .toList());
    }
}
