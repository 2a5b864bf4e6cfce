package dev.gearshift.pricing;

import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.Watts;
import dev.gearshift.loop.Price;
import dev.gearshift.loop.PriceBook;
import dev.gearshift.loop.Quote;
import dev.gearshift.loop.TierFacts;
import dev.gearshift.prometheus.Answer;
import dev.gearshift.prometheus.PrometheusApi;
import dev.gearshift.prometheus.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prices from a Prometheus that scrapes OpenCost, Karpenter or both, and power from DCGM's exporter. Asked with one query, at most every
 * {@link #INTERVAL}; in between, what was said last stands.
 *
 * <p>For each tier, the first of these that is known: OpenCost (what is billed), Karpenter (what it expects), the last price known, for
 * {@link #MEMORY}, the declared price. A price that is not {@linkplain Plausible plausible} next to the declared one counts as not known,
 * and the quote says so. Not thread-safe.
 */
public final class PrometheusPrices implements PriceBook {

    /** How often the server is asked. */
    public static final Duration INTERVAL = Duration.ofMinutes(5);

    /** How long a price holds that is not confirmed. */
    public static final Duration MEMORY = Duration.ofHours(1);

    /**
     * How long the server given to this should be waited for: plans wait meanwhile.
     *
     * @see dev.gearshift.prometheus.PrometheusSettings#patience()
     */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(PrometheusPrices.class);

    private static final List<BiFunction<TierFacts, Observed, Optional<Estimate>>> BY_TRUST =
            List.of(OpenCostPrices::of, KarpenterPrices::of);

    /** What a price says something about; when it changes, what was known is about something else. */
    private record Subject(int acceleratorsPerNode, CapacityType capacityType, SortedMap<String, String> nodeSelector) {

        static Subject of(TierFacts facts) {
            return new Subject(
                    facts.tier().acceleratorsPerNode(),
                    facts.tier().capacityType(),
                    facts.declaration().nodeSelector());
        }
    }

    private record Dated<T>(T value, Instant at) {

        boolean holds(Instant now) {
            return !now.isAfter(at.plus(MEMORY));
        }
    }

    /**
     * What is known of a tier.
     *
     * @param estimate the last one believed
     * @param power the last one measured
     * @param refused what the last answer said that was not believed
     */
    private record Known(
            Subject subject,
            Optional<Dated<Estimate>> estimate,
            Optional<Dated<Watts>> power,
            Optional<Dated<Estimate>> refused) {

        static Known nothing(TierFacts facts) {
            return new Known(Subject.of(facts), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    private final PrometheusApi server;
    private final SortedMap<String, String> only;
    private final SortedMap<TierName, Known> known = new TreeMap<>();
    private @Nullable Instant asked;
    private boolean failing;

    /**
     * Prices from a server.
     *
     * @param server is not closed by this
     * @param only labels that every series must carry, such as the cluster where the server holds several
     */
    public PrometheusPrices(PrometheusApi server, SortedMap<String, String> only) {
        this.server = server;
        this.only = new TreeMap<>(only);
    }

    @Override
    public SortedMap<TierName, Quote> quotes(List<TierFacts> tiers, Instant now) {
        forget(tiers);
        if (asked == null || now.isBefore(asked) || !now.isBefore(asked.plus(INTERVAL))) {
            asked = now;
            ask(tiers, now);
        }
        SortedMap<TierName, Quote> quotes = new TreeMap<>();
        tiers.forEach(tier -> quotes.put(tier.tier().name(), quote(tier, now)));
        return quotes;
    }

    /** Tiers that are gone, or that have become another thing under the same name. */
    private void forget(List<TierFacts> tiers) {
        SortedMap<TierName, Subject> present = new TreeMap<>();
        tiers.forEach(tier -> present.put(tier.tier().name(), Subject.of(tier)));
        known.entrySet().removeIf(entry -> !entry.getValue().subject().equals(present.get(entry.getKey())));
    }

    private void ask(List<TierFacts> tiers, Instant now) {
        Query<Observed> query = PriceQuery.of(tiers, only);
        Answer<Observed> answer = server.ask(List.of(query), now).of(query);
        if (answer instanceof Answer.Given<Observed> given) {
            if (failing) {
                LOG.info("prices are answered again");
            }
            tiers.forEach(tier -> learn(tier, given.value(), now));
        } else if (answer instanceof Answer.Missing<Observed> missing && !failing) {
            LOG.warn(
                    "prices are not answered: {}; those known hold for an hour, then the declared ones",
                    missing.detail());
        }
        failing = answer instanceof Answer.Missing<Observed>;
    }

    private void learn(TierFacts tier, Observed seen, Instant now) {
        Known before = known.getOrDefault(tier.tier().name(), Known.nothing(tier));
        List<Estimate> said = BY_TRUST.stream()
                .flatMap(source -> source.apply(tier, seen).stream())
                .toList();
        known.put(
                tier.tier().name(),
                new Known(
                        before.subject(),
                        said.stream()
                                .filter(estimate -> isPlausible(estimate, tier))
                                .findFirst()
                                .map(estimate -> new Dated<>(estimate, now))
                                .or(before::estimate),
                        DcgmPower.of(tier, seen)
                                .map(watts -> new Dated<>(watts, now))
                                .or(before::power),
                        said.stream()
                                .filter(estimate -> !isPlausible(estimate, tier))
                                .findFirst()
                                .map(estimate -> new Dated<>(estimate, now))));
    }

    private Quote quote(TierFacts tier, Instant now) {
        Known about = known.getOrDefault(tier.tier().name(), Known.nothing(tier));
        // What was plausible when it was said need not be so next to a price declared since.
        Price price = about.estimate()
                .filter(dated -> dated.holds(now) && isPlausible(dated.value(), tier))
                .map(dated -> price(dated))
                .orElseGet(() -> Price.declared(tier));
        Optional<Price.Refused> refused = about.refused()
                .filter(dated -> dated.holds(now) && !isPlausible(dated.value(), tier))
                .map(dated ->
                        new Price.Refused(dated.value().source(), dated.value().perAccelerator()));
        return new Quote(
                price.refusing(refused),
                about.power().filter(dated -> dated.holds(now)).map(Dated::value));
    }

    private Price price(Dated<Estimate> dated) {
        Estimate estimate = dated.value();
        String origin = dated.at().equals(asked) ? estimate.origin() : estimate.origin() + ", as of " + dated.at();
        return new Price(estimate.perAccelerator(), estimate.source(), origin, Optional.empty());
    }

    private static boolean isPlausible(Estimate estimate, TierFacts tier) {
        return Plausible.is(estimate.perAccelerator(), tier.tier().price());
    }
}
