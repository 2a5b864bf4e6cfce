package dev.gearshift.metrics.scrape;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.PodLoad;
import dev.gearshift.core.model.Tokens;
import dev.gearshift.metrics.engine.EngineSample;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one pod showed lately: its last load, and increments for as long as the longer window. */
final class PodWindow {

    private static final int MOST_SERIES = 512;

    private final ScrapeSettings settings;
    private final Map<Counter, CounterTracks> counters = new EnumMap<>(Counter.class);
    private final Map<Distribution, TreeMap<String, HistogramTrack>> histograms = new EnumMap<>(Distribution.class);
    private final Deque<Increment> increments = new ArrayDeque<>();
    private @Nullable Instant idleUntil;
    private @Nullable Instant firstGood;
    private @Nullable Instant lastGood;
    private @Nullable Instant readyFrom;
    private double running;
    private double waiting;
    private double completed;
    private Optional<Tokens> kvCapacity = Optional.empty();

    /**
     * A pod seen for the first time.
     *
     * @param idleUntil the last moment at which it is known to have served nothing; null when nobody looked before
     */
    PodWindow(ScrapeSettings settings, @Nullable Instant idleUntil) {
        this.settings = settings;
        this.idleUntil = idleUntil;
        for (Counter counter : Counter.values()) {
            counters.put(counter, new CounterTracks());
        }
    }

    /** Notes whether it is ready now. */
    void ready(boolean ready, Instant now) {
        readyFrom = !ready ? null : readyFrom == null ? now : readyFrom;
    }

    /** Takes a scrape that gave nothing. While a pod that never answered is not ready, it serves nothing. */
    void missed(Instant now) {
        if (firstGood == null && readyFrom == null) {
            idleUntil = now;
        }
    }

    /** Takes a good scrape; one that is not later than the last is passed over. */
    void record(EngineSample sample, Instant now) {
        if (lastGood != null && !now.isAfter(lastGood)) {
            return;
        }
        Map<Counter, Double> grown = new EnumMap<>(Counter.class);
        boolean restarted = false;
        for (Map.Entry<Counter, CounterTracks> entry : counters.entrySet()) {
            CounterTracks.Step step = entry.getValue().advance(sample.counter(entry.getKey()));
            grown.put(entry.getKey(), step.growth());
            restarted |= step.restarted();
        }
        Map<Distribution, List<Histogram>> seen = advance(sample);
        double nowRunning = sample.running().orElse(0);
        double nowWaiting = sample.waiting().orElse(0);
        Instant from = lastGood == null ? idleUntil : lastGood;
        if (from != null && from.isBefore(now)) {
            // A restarted process has forgotten what it was computing: all that it has now is new.
            double before = lastGood == null || restarted ? 0 : running + waiting;
            double prompts = sample.counter(Counter.PROMPT_TOKENS).isEmpty()
                    ? sum(seen.getOrDefault(Distribution.PROMPT_LENGTH, List.of()))
                    : grown.getOrDefault(Counter.PROMPT_TOKENS, 0.0);
            double generated = sample.counter(Counter.GENERATION_TOKENS).isEmpty()
                    ? sum(seen.getOrDefault(Distribution.GENERATION_LENGTH, List.of()))
                    : grown.getOrDefault(Counter.GENERATION_TOKENS, 0.0);
            increments.addLast(new Increment(
                    from,
                    now,
                    grown.getOrDefault(Counter.COMPLETED, 0.0),
                    grown.getOrDefault(Counter.ABORTED, 0.0),
                    grown.getOrDefault(Counter.FAILED, 0.0),
                    prompts,
                    generated,
                    nowRunning + nowWaiting - before,
                    seen));
        }
        completed += grown.getOrDefault(Counter.COMPLETED, 0.0);
        running = nowRunning;
        waiting = nowWaiting;
        kvCapacity = sample.kvCapacity().or(() -> kvCapacity);
        firstGood = firstGood == null ? now : firstGood;
        lastGood = now;
        forget(now);
    }

    private Map<Distribution, List<Histogram>> advance(EngineSample sample) {
        Map<Distribution, List<Histogram>> seen = new EnumMap<>(Distribution.class);
        for (Distribution kind : Distribution.values()) {
            TreeMap<String, HistogramTrack> tracks = histograms.computeIfAbsent(kind, any -> new TreeMap<>());
            if (tracks.size() > MOST_SERIES) {
                tracks.clear();
            }
            sample.histogram(kind).forEach((series, histogram) -> {
                HistogramTrack track = tracks.get(series);
                if (track == null) {
                    tracks.put(series, new HistogramTrack(histogram));
                } else {
                    track.advance(histogram)
                            .ifPresent(observed -> seen.computeIfAbsent(kind, any -> new ArrayList<>())
                                    .add(observed));
                }
            });
        }
        return seen;
    }

    private static double sum(List<Histogram> histograms) {
        return histograms.stream().mapToDouble(Histogram::sum).sum();
    }

    private void forget(Instant now) {
        Instant oldest = now.minus(settings.windows().verdict());
        while (!increments.isEmpty()
                && (increments.size() > settings.mostIncrements()
                        || !increments.getFirst().to().isAfter(oldest))) {
            increments.removeFirst();
        }
    }

    /** Whether nothing of it matters any more once it is gone. */
    boolean isForgotten(Instant now) {
        return lastGood == null
                || lastGood.isBefore(now.minus(settings.windows().verdict()));
    }

    Deque<Increment> increments() {
        return increments;
    }

    Optional<Instant> lastGood() {
        return Optional.ofNullable(lastGood);
    }

    /** How far its last good scrape can be trusted now. */
    Freshness freshness(Instant now) {
        return lastGood == null ? Freshness.ABSENT : settings.windows().freshness(Duration.between(lastGood, now));
    }

    /** Whether it has been ready for too short a time to be missed, and has not shown an increment yet. */
    boolean isNew(Instant now) {
        if (!increments.isEmpty() || readyFrom == null) {
            return increments.isEmpty();
        }
        Instant since = lastGood == null ? readyFrom : lastGood;
        return settings.windows().freshness(Duration.between(since, now)) == Freshness.FRESH;
    }

    /** For how many seconds its counts are complete: always, when its beginning was seen. */
    double watchedSeconds() {
        if (idleUntil != null) {
            return Double.POSITIVE_INFINITY;
        }
        return firstGood == null || lastGood == null ? 0 : Increment.seconds(firstGood, lastGood);
    }

    double running() {
        return running;
    }

    double waiting() {
        return waiting;
    }

    Optional<Tokens> kvCapacity() {
        return kvCapacity;
    }

    PodLoad load(String pod, Instant now) {
        return new PodLoad(pod, freshness(now), running, waiting, completed);
    }
}
