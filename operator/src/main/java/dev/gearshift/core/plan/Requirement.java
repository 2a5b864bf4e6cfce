package dev.gearshift.core.plan;

import dev.gearshift.core.model.DemandEstimate;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.core.observe.HistogramMerge;
import dev.gearshift.core.predict.DemandForecast;
import dev.gearshift.core.predict.Headroom;
import dev.gearshift.core.predict.Samples;
import dev.gearshift.core.predict.TokenMix;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What must be carried, and how far less may be made of it.
 *
 * <p>With fresh metrics it is the forecast with headroom, plus what it takes to work off the present queue within
 * {@link #WORK_OFF} of the earliest moment a replica ordered for it can be there. What was required stays required until less has been enough for the holding time: the price of holding on for
 * that long is about the price of giving up and coming back, so neither choice is ever more than twice as dear as the best one
 * would have been (the ski-rental argument). Without fresh metrics what was required goes on, and no less than the highest load of the last {@link #MEMORY}: absent is not zero.
 *
 * @param now what must be carried by the last look alone
 * @param held the most that had to be carried within the hold
 * @param mayRelease whether metrics and history allow to give anything up
 * @param estimate the figures behind it
 * @param mix the mix of token lengths
 * @param reasons what was wrong with the metrics
 */
record Requirement(
        RequestRate now,
        RequestRate held,
        boolean mayRelease,
        DemandEstimate estimate,
        TokenMix mix,
        List<Reason> reasons) {

    /** A queue is worked off within this time after the lead time: nothing that is ordered now could help any sooner. */
    static final Duration WORK_OFF = Duration.ofSeconds(60);

    /** Requests needed before a window's mix of lengths is believed. */
    static final int BELIEVABLE = 100;

    /** When metrics are absent, at least the highest load of so long is assumed to go on. */
    static final Duration MEMORY = Duration.ofMinutes(10);

    /** Metrics no older than this are not fresh because they have only begun. */
    static final Duration RECENT = Duration.ofSeconds(15);

    /** After a gap in fresh metrics this long, what was required in between is not known: the hold begins anew. */
    static final Duration GAP = Duration.ofMinutes(2);

    /**
     * A requirement and what to remember of it.
     *
     * @param requirement the requirement
     * @param demand the demand seen
     * @param required the requirements of late
     * @param watchedSince since when there are fresh metrics
     */
    record Judged(Requirement requirement, DemandForecast demand, Samples required, Optional<Instant> watchedSince) {}

    /**
     * What must be carried now.
     *
     * @param model the model
     * @param memory what is remembered of it
     * @param serves whether any replica is ready, so that metrics can be expected
     * @param trusted what is taken to be enough until the forecast was checked, if it carries the load as it is: what was found
     *     when the memory began in mid-flight. Until the lengths of requests are known nobody can say what it carries, and only a
     *     queue speaks against it
     * @param knocking what is asked of a model that has no ready replica, which no engine tells of
     * @param lead from asking for a replica to its being ready
     * @param hold how long less must be enough
     * @param now the present
     */
    static Judged of(
            ModelState model,
            ModelMemory memory,
            boolean serves,
            Optional<RequestRate> trusted,
            Optional<RequestRate> knocking,
            Seconds lead,
            Duration hold,
            Instant now) {
        ModelObservation seen = model.observation();
        TokenMix mix = mix(model, memory);
        Headroom headroom = Headroom.of(model.spec().objectives().latency());
        RequestRate outside = knocking.map(rate -> provisioned(DemandForecast.NONE.observe(rate, now), headroom, lead))
                .orElse(RequestRate.ZERO);
        if (seen.freshness() == Freshness.FRESH) {
            DemandForecast demand = memory.demand().observe(seen.offered(), now);
            Instant since = memory.watchedSince()
                    .filter(start -> !newest(memory.required(), now).plus(GAP).isBefore(now))
                    .orElse(now);
            boolean known = !since.plus(hold).isAfter(now);
            RequestRate queue = workOff(seen, lead);
            RequestRate full =
                    higher(outside, provisioned(demand, headroom, lead).plus(queue));
            boolean counting = prompts(seen).isPresent() && isLengthUnknown(seen, memory);
            RequestRate required = trusted.filter(enough -> !known)
                    .map(enough -> lower(
                            full,
                            counting
                                    ? enough.plus(queue)
                                    : higher(enough, bare(demand, lead).plus(queue))))
                    .orElse(full);
            Samples samples = memory.required().with(required, now, hold);
            RequestRate held = samples.highest(now, hold).orElse(required);
            Requirement requirement =
                    new Requirement(required, held, known, estimate(demand, lead, required, mix), mix, List.of());
            return new Judged(requirement, demand, samples, Optional.of(since));
        }
        RequestRate remembered = higher(
                memory.required().highest(newest(memory.required(), now), hold).orElse(RequestRate.ZERO),
                memory.demand().highest(MEMORY).orElse(RequestRate.ZERO));
        // Before the first fresh look what was found ordered is newer than what is remembered.
        RequestRate before = trusted.filter(enough -> memory.watchedSince().isEmpty())
                .map(enough -> lower(remembered, enough))
                .orElse(remembered);
        RequestRate seenLast = seen.freshness() == Freshness.ABSENT ? before : higher(before, seen.offered());
        RequestRate last = trusted.filter(enough -> memory.watchedSince().isEmpty() && isLengthUnknown(seen, memory))
                .map(enough -> lower(seenLast, enough))
                .orElse(seenLast);
        RequestRate required = higher(last, outside);
        Samples samples = outside.equals(RequestRate.ZERO)
                ? memory.required()
                : memory.required().with(outside, now, hold);
        List<Reason> reasons = serves ? List.of(complaint(seen, last)) : List.of();
        Requirement requirement = new Requirement(
                required, required, false, estimate(memory.demand(), lead, required, mix), mix, reasons);
        return new Judged(requirement, memory.demand(), samples, memory.watchedSince());
    }

    /** What must be carried of a model of which nothing is asked: nothing, and what was before does not matter any more. */
    static Judged nothing(ModelState model, ModelMemory memory) {
        TokenMix mix = mix(model, memory);
        DemandEstimate estimate = new DemandEstimate(
                RequestRate.ZERO, RequestRate.ZERO, RequestRate.ZERO, mix.meanInput(), mix.meanOutput());
        return new Judged(
                new Requirement(RequestRate.ZERO, RequestRate.ZERO, true, estimate, mix, List.of()),
                DemandForecast.NONE,
                Samples.NONE,
                Optional.empty());
    }

    private static Reason complaint(ModelObservation seen, RequestRate last) {
        if (seen.freshness() == Freshness.ABSENT) {
            return Reason.of(ReasonKind.METRICS_ABSENT).observed(last);
        } else if (seen.freshness() == Freshness.PARTIAL) {
            return Reason.of(ReasonKind.METRICS_PARTIAL);
        }
        Duration age = seen.age().orElse(MEMORY);
        return age.compareTo(RECENT) > 0
                ? Reason.of(ReasonKind.METRICS_STALE).observed(Seconds.of(age))
                : Reason.of(ReasonKind.METRICS_BEGUN);
    }

    private static RequestRate provisioned(DemandForecast demand, Headroom headroom, Seconds lead) {
        return demand.forecast(lead.toDuration()).map(headroom::provisioned).orElse(RequestRate.ZERO);
    }

    /** The load as it is, without headroom. */
    private static RequestRate bare(DemandForecast demand, Seconds lead) {
        RequestRate mean = demand.forecast(lead.toDuration())
                .map(DemandForecast.Forecast::mean)
                .orElse(RequestRate.ZERO);
        return higher(mean, demand.highest(Duration.ZERO).orElse(RequestRate.ZERO));
    }

    private static RequestRate workOff(ModelObservation seen, Seconds lead) {
        double waiting = seen.tiers().stream()
                .filter(load -> load.freshness() != Freshness.ABSENT)
                .mapToDouble(TierLoad::waiting)
                .sum();
        return new RequestRate(waiting / lead.plus(Seconds.of(WORK_OFF)).value());
    }

    private static DemandEstimate estimate(DemandForecast demand, Seconds lead, RequestRate required, TokenMix mix) {
        RequestRate forecast = demand.forecast(lead.toDuration())
                .map(DemandForecast.Forecast::mean)
                .orElse(RequestRate.ZERO);
        RequestRate observed = demand.history().isEmpty()
                ? RequestRate.ZERO
                : demand.history().get(demand.history().size() - 1).load();
        return new DemandEstimate(observed, forecast, required, mix.meanInput(), mix.meanOutput());
    }

    /** The mix of lengths to reckon with: what is seen, else what was seen last, else chat. */
    static TokenMix mix(ModelState model, ModelMemory memory) {
        return mix(model.observation()).or(memory::mix).orElse(TokenMix.CHAT);
    }

    /** The mix of lengths of the window, when it saw enough requests. */
    static Optional<TokenMix> mix(ModelObservation seen) {
        Optional<Histogram> prompts = prompts(seen);
        Optional<Histogram> outputs = merged(seen, TierLoad::generationTokens);
        boolean believable =
                prompts.filter(histogram -> histogram.count() >= BELIEVABLE).isPresent();
        return believable ? Optional.of(TokenMix.of(prompts, outputs)) : Optional.empty();
    }

    private static Optional<Histogram> prompts(ModelObservation seen) {
        return merged(seen, TierLoad::promptTokens);
    }

    private static boolean isLengthUnknown(ModelObservation seen, ModelMemory memory) {
        return mix(seen).or(memory::mix).isEmpty();
    }

    private static Optional<Histogram> merged(ModelObservation seen, Function<TierLoad, Optional<Histogram>> part) {
        return HistogramMerge.of(seen.tiers().stream()
                .filter(load -> load.freshness() != Freshness.ABSENT)
                .flatMap(load -> part.apply(load).stream())
                .toList());
    }

    private static Instant newest(Samples samples, Instant otherwise) {
        return samples.samples().isEmpty()
                ? otherwise
                : samples.samples().get(samples.samples().size() - 1).at();
    }

    private static RequestRate higher(RequestRate a, RequestRate b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static RequestRate lower(RequestRate a, RequestRate b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
