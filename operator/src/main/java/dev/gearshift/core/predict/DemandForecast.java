package dev.gearshift.core.predict;

import dev.gearshift.core.model.RequestRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a model's demand, and what is expected of it. Immutable.
 *
 * <p>The expected load m is the exponentially weighted mean of the load seen, whatever the spacing of the looks:
 * m ← m + (1 − e^(−Δt/τ))·(load − m), except that a load beyond what chance explains is a new level, which m takes at once: waiting
 * would only make the deficit last. How far off such a forecast is one lead time later is measured, not assumed:
 *
 * <pre>σ² = Σ wᵢ·(loadᵢ − m(tᵢ − L))² ÷ Σ wᵢ,  wᵢ = e^(−age ÷ 2L)</pre>
 *
 * so on a steady rise, on which m lags, σ grows with the lag, and after a calm spell it shrinks. Until two lead times of
 * forecasts were checked, σ is blended in square with a guess of {@link #PRIOR_SIGMA_SHARE} of m.
 *
 * @param history what was seen lately, oldest first, at most {@link #LONGEST_HISTORY}
 */
public record DemandForecast(List<Sample> history) {

    /** Nothing was seen yet. */
    public static final DemandForecast NONE = new DemandForecast(List.of());

    /**
     * τ, over which the mean forgets. Long enough to pass over the clumps of the published chat trace, short enough to follow
     * a morning rise.
     */
    public static final Duration TIME_CONSTANT = Duration.ofSeconds(135);

    /** The shortest span over which the recent peak is taken. */
    public static final Duration PEAK_WINDOW = Duration.ofMinutes(5);

    /** The guess of σ ÷ m before forecasts could be checked. */
    public static final double PRIOR_SIGMA_SHARE = 0.25;

    /** A load so many σ (of the guess) above what was expected is no chance any more: m goes there at once. */
    private static final double LEAP = 3;

    /** How many looks are kept: 64 minutes of them at one every 15 s, enough for lead times of a quarter of an hour. */
    public static final int LONGEST_HISTORY = 256;

    /** σ remembers so many lead times. */
    private static final double MEMORY_IN_LEADS = 2;

    /** A lead time shorter than this says nothing about how far off a forecast is. */
    private static final Duration SHORTEST_LEAD = Duration.ofSeconds(15);

    /**
     * One look.
     *
     * @param time when
     * @param load the offered load seen
     * @param mean the load expected from then on
     */
    public record Sample(Instant time, RequestRate load, RequestRate mean) {}

    /**
     * The load expected one lead time ahead.
     *
     * @param mean m, the expected load
     * @param sigma σ, the rms error of such forecasts lately
     * @param recentPeak the highest load of the last lead time or {@link #PEAK_WINDOW}, whichever is longer
     */
    public record Forecast(RequestRate mean, RequestRate sigma, RequestRate recentPeak) {}

    public DemandForecast {
        history = List.copyOf(history);
    }

    /** This, having seen an offered load at {@code now}. A look that is not newer than the last one changes nothing. */
    public DemandForecast observe(RequestRate offered, Instant now) {
        if (history.isEmpty()) {
            return new DemandForecast(List.of(new Sample(now, offered, offered)));
        }
        Sample last = last();
        if (!now.isAfter(last.time())) {
            return this;
        }
        double forget = Math.exp(-seconds(Duration.between(last.time(), now)) / seconds(TIME_CONSTANT));
        double smooth = forget * last.mean().perSecond() + (1 - forget) * offered.perSecond();
        boolean leap = offered.perSecond() > last.mean().perSecond() * (1 + LEAP * PRIOR_SIGMA_SHARE);
        double mean = leap ? offered.perSecond() : smooth;
        int surplus = Math.max(0, history.size() + 1 - LONGEST_HISTORY);
        List<Sample> longer = new ArrayList<>(history.subList(surplus, history.size()));
        longer.add(new Sample(now, offered, new RequestRate(mean)));
        return new DemandForecast(longer);
    }

    /** This with every load seen and expected so far multiplied by {@code factor}. */
    public DemandForecast times(double factor) {
        return new DemandForecast(history.stream()
                .map(sample -> new Sample(
                        sample.time(),
                        sample.load().times(factor),
                        sample.mean().times(factor)))
                .toList());
    }

    /** The load expected {@code lead} after the last look; empty when there was none. */
    public Optional<Forecast> forecast(Duration lead) {
        if (history.isEmpty()) {
            return Optional.empty();
        }
        Duration span = lead.compareTo(PEAK_WINDOW) > 0 ? lead : PEAK_WINDOW;
        return Optional.of(new Forecast(
                last().mean(),
                sigma(lead.compareTo(SHORTEST_LEAD) > 0 ? lead : SHORTEST_LEAD),
                highest(span).orElseThrow()));
    }

    /** The highest load seen in so long before the last look; empty when there was none. */
    public Optional<RequestRate> highest(Duration window) {
        if (history.isEmpty()) {
            return Optional.empty();
        }
        Instant from = last().time().minus(window);
        return history.stream()
                .filter(sample -> !sample.time().isBefore(from))
                .map(Sample::load)
                .max(RequestRate::compareTo);
    }

    private RequestRate sigma(Duration lead) {
        Instant now = last().time();
        double memory = MEMORY_IN_LEADS * seconds(lead);
        double errors = 0;
        double weights = 0;
        Optional<Instant> firstChecked = Optional.empty();
        int made = -1;
        for (Sample seen : history) {
            Instant madeBy = seen.time().minus(lead);
            while (!history.get(made + 1).time().isAfter(madeBy)) {
                made++;
            }
            if (made < 0) {
                continue;
            }
            double error = seen.load().perSecond() - history.get(made).mean().perSecond();
            double weight = Math.exp(-seconds(Duration.between(seen.time(), now)) / memory);
            errors += weight * error * error;
            weights += weight;
            if (firstChecked.isEmpty()) {
                firstChecked = Optional.of(seen.time());
            }
        }
        double prior = PRIOR_SIGMA_SHARE * last().mean().perSecond();
        if (firstChecked.isEmpty()) {
            return new RequestRate(prior);
        }
        double trust = Math.min(1, seconds(Duration.between(firstChecked.get(), now)) / memory);
        return new RequestRate(Math.sqrt(trust * errors / weights + (1 - trust) * prior * prior));
    }

    private Sample last() {
        return history.get(history.size() - 1);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
