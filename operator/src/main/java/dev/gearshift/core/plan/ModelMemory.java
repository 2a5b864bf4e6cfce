package dev.gearshift.core.plan;

import dev.gearshift.core.guard.Drains;
import dev.gearshift.core.guard.EngineTrouble;
import dev.gearshift.core.guard.MissingMetrics;
import dev.gearshift.core.guard.Sleep.Idle;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.observe.ErrorBudgets;
import dev.gearshift.core.predict.DemandForecast;
import dev.gearshift.core.predict.LeadTimes;
import dev.gearshift.core.predict.Samples;
import dev.gearshift.core.predict.TokenMix;
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
