package dev.gearshift.core.plan;

import dev.gearshift.core.guard.Drains;
import dev.gearshift.core.guard.EngineTrouble;
import dev.gearshift.core.guard.MissingMetrics;
import dev.gearshift.core.guard.Sleep.Idle;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.observe.ErrorBudgets;
import dev.gearshift.core.predict.DemandForecast;
import dev.gearshift.core.predict.LeadTimes;
import dev.gearshift.core.predict.Samples;
import dev.gearshift.core.predict.TokenMix;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of one model from one planning interval to the next. Bounded.
 *
 * @param demand the offered load and its forecasts
 * @param mix the last mix of token lengths that was seen often enough to believe
 * @param required what had to be carried, interval by interval
 * @param watchedSince when fresh metrics were first seen; before enough history nothing is released
 * @param leadTimes how long replicas take to come
 * @param drains replicas on their way out
 * @param trouble tiers on which the engine does not run
 * @param cheaperSince since when another mix would save enough to shift
 * @param shiftSince since when serving replicas are kept only until others are ready
 * @param avoided tiers whose replicas did not come in time for a shift, and until when they are not shifted to
 * @param alive replicas that were ready and meant to stay, and their tiers
 * @param budgets what is left of the latency targets' error budgets
 * @param missing for how long metrics have not been good enough
 * @param resumed whether this began in mid-flight, with replicas serving
 * @param idle since when nothing was asked of a model that may have no replica
 */
public record ModelMemory(
        DemandForecast demand,
        Optional<TokenMix> mix,
        Samples required,
        Optional<Instant> watchedSince,
        LeadTimes leadTimes,
        Drains drains,
        EngineTrouble trouble,
        Optional<Instant> cheaperSince,
        Optional<Instant> shiftSince,
        SortedMap<TierName, Instant> avoided,
        SortedMap<String, TierName> alive,
        ErrorBudgets budgets,
        MissingMetrics missing,
        boolean resumed,
        Optional<Idle> idle) {

    /** Nothing is known. */
    public static final ModelMemory NONE = new ModelMemory(
            DemandForecast.NONE,
            Optional.empty(),
            Samples.NONE,
            Optional.empty(),
            LeadTimes.NONE,
            Drains.NONE,
            EngineTrouble.NONE,
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>(),
            new TreeMap<>(),
            ErrorBudgets.NONE,
            MissingMetrics.NONE,
            false,
            Optional.empty());

    /** For so long without a look what was asked of a model lately still says something about what is asked now. */
    public static final Duration RECENT = Duration.ofMinutes(15);

    /**
     * What of this is worth keeping beyond the life of the process. Left out is what is seen anew at the first look, and what could
     * mislead when it is a little older than what happened last: which replicas were there, since when another mix is cheaper, for
     * how long metrics were watched or missing.
     */
    public ModelMemory kept() {
        return new ModelMemory(
                demand,
                mix,
                required,
                Optional.empty(),
                leadTimes,
                drains,
                trouble,
                Optional.empty(),
                shiftSince,
                avoided,
                new TreeMap<>(),
                budgets,
                MissingMetrics.NONE,
                false,
                idle);
    }

    /**
     * What is remembered by an operator that takes over from another one. What runs is newer than this: a replica is only on its way out
     * if it is out of the Services, and where replicas serve, they are taken to be enough until metrics were watched for as long as
     * a release must wait.
     *
     * @param model the model as it is now
     * @param unseen for how long nobody is known to have looked
     */
    public ModelMemory resumed(ModelState model, Duration unseen) {
        boolean recent = unseen.compareTo(RECENT) <= 0;
        boolean serves = model.replicas().stream().anyMatch(replica -> replica.isReady() && replica.serving());
        SortedMap<String, Drains.Drain> leaving = new TreeMap<>();
        model.replicas().stream().filter(replica -> !replica.serving()).forEach(replica -> {
            Drains.Drain drain = drains.pods().get(replica.name());
            if (drain != null) {
                leaving.put(replica.name(), drain);
            }
        });
        return new ModelMemory(
                recent ? demand : DemandForecast.NONE,
                mix,
                recent ? required : Samples.NONE,
                Optional.empty(),
                leadTimes,
                new Drains(leaving),
                trouble,
                Optional.empty(),
                recent ? shiftSince : Optional.empty(),
                avoided,
                new TreeMap<>(),
                budgets,
                MissingMetrics.NONE,
                serves,
                idle);
    }

    /** The same when a request is another one: every remembered load is multiplied by {@code factor}. */
    ModelMemory inRequestsOf(double factor) {
        return new ModelMemory(
                demand.times(factor),
                mix,
                required.times(factor),
                watchedSince,
                leadTimes,
                drains,
                trouble,
                cheaperSince,
                shiftSince,
                avoided,
                alive,
                budgets,
                missing,
                resumed,
                idle);
    }

    public ModelMemory {
        avoided = Collections.unmodifiableSortedMap(new TreeMap<>(avoided));
        alive = Collections.unmodifiableSortedMap(new TreeMap<>(alive));
    }
}
