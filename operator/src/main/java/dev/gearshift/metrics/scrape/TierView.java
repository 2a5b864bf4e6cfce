package dev.gearshift.metrics.scrape;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TokenRate;
import dev.gearshift.core.model.Tokens;
import dev.gearshift.core.observe.HistogramMerge;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One tier of a model at one moment. Its pods are of four kinds:
 *
 * <ul>
 *   <li><b>answering</b>: ready, with rates from a fresh scrape (from a stale one if none is fresh). Each counts over the planning
 *       window that ends at its own last scrape, so that a scrape lost does not look like a dip;
 *   <li><b>silent</b>: ready, but not among these. They are assumed to be as busy as the answering ones: rates and load of the
 *       answering are multiplied by (answering + silent) ÷ answering;
 *   <li><b>new</b>: ready for less than the time a scrape stays fresh and without rates yet. Nothing is assumed of them;
 *   <li><b>others</b>: not ready, or gone. What they did inside the planning window counts as it is; the load of a pod that is
 *       gone is gone with it.
 * </ul>
 *
 * The tier is fresh when at least half of the answering and silent pods are, stale when any is at least stale, absent otherwise.
 */
final class TierView {

    private final ScrapeSettings settings;
    private final Instant now;
    private final List<PodWindow> answering = new ArrayList<>();
    private final List<PodWindow> others = new ArrayList<>();
    private final List<PodWindow> loadOnly = new ArrayList<>();
    private final List<PodWindow> all = new ArrayList<>();
    private final int silent;
    private final Freshness freshness;

    /**
     * A view.
     *
     * @param ready windows of pods that are ready
     * @param notReady windows of pods that are not ready
     * @param gone windows of pods that are no longer there
     */
    TierView(
            ScrapeSettings settings,
            Instant now,
            List<PodWindow> ready,
            List<PodWindow> notReady,
            List<PodWindow> gone) {
        this.settings = settings;
        this.now = now;
        all.addAll(ready);
        all.addAll(notReady);
        all.addAll(gone);
        List<PodWindow> due = ready.stream().filter(pod -> !pod.isNew(now)).toList();
        long fresh = due.stream().filter(pod -> rated(pod, Freshness.FRESH)).count();
        Freshness basis = fresh > 0 ? Freshness.FRESH : Freshness.STALE;
        due.stream().filter(pod -> rated(pod, basis)).forEach(answering::add);
        silent = due.size() - answering.size();
        others.addAll(notReady);
        others.addAll(gone);
        ready.stream().filter(pod -> pod.isNew(now)).forEach(loadOnly::add);
        loadOnly.addAll(notReady);
        if (!due.isEmpty()) {
            freshness = 2 * fresh >= due.size() && fresh > 0
                    ? Freshness.FRESH
                    : answering.isEmpty() ? Freshness.ABSENT : Freshness.STALE;
        } else {
            freshness = others.stream()
                    .filter(pod -> !pod.increments().isEmpty())
                    .map(pod -> pod.freshness(now))
                    .min(Comparator.naturalOrder())
                    .orElse(Freshness.ABSENT);
        }
    }

    private boolean rated(PodWindow pod, Freshness wanted) {
        return !pod.increments().isEmpty() && pod.freshness(now) == wanted;
    }

    /** Whether it has ready pods that should have been heard. */
    boolean isDue() {
        return answering.size() + silent > 0;
    }

    Freshness freshness() {
        return freshness;
    }

    /**
     * What the tier does.
     *
     * @param end the newest good scrape of the model
     * @param coverage for how many seconds of the planning window before it the model was watched
     */
    TierLoad load(TierName tier, Instant end, double coverage) {
        if (freshness == Freshness.ABSENT || !(coverage > 0)) {
            return TierLoad.absent(tier);
        }
        boolean watchedEnough = coverage >= settings.windows().leastCoverage().toNanos() / 1e9;
        return new TierLoad(
                tier,
                watchedEnough ? freshness : Freshness.STALE,
                new RequestRate(rate(Increment::arrived, end, coverage)),
                new RequestRate(rate(Increment::completed, end, coverage)),
                new RequestRate(rate(Increment::failed, end, coverage)),
                new TokenRate(rate(Increment::promptTokens, end, coverage)),
                new TokenRate(rate(Increment::generationTokens, end, coverage)),
                gauge(PodWindow::running),
                gauge(PodWindow::waiting),
                latencies(Distribution.TIME_TO_FIRST_TOKEN, end),
                latencies(Distribution.TIME_PER_OUTPUT_TOKEN, end),
                latencies(Distribution.END_TO_END, end),
                latencies(Distribution.PROMPT_LENGTH, end),
                latencies(Distribution.GENERATION_LENGTH, end),
                // Replicas of a tier are alike; while they are not, the smallest is what can be relied on.
                all.stream()
                        .map(PodWindow::kvCapacity)
                        .flatMap(Optional::stream)
                        .min(Comparator.comparingDouble(Tokens::count)));
    }

    private double scale() {
        return answering.isEmpty() ? 1 : (answering.size() + silent) / (double) answering.size();
    }

    private double rate(ToDoubleFunction<Increment> of, Instant end, double coverage) {
        double heard = 0;
        for (PodWindow pod : answering) {
            heard += total(pod, of, pod.lastGood().orElse(end)) / Math.min(coverage, pod.watchedSeconds());
        }
        double rest = 0;
        for (PodWindow pod : others) {
            rest += total(pod, of, end) / coverage;
        }
        return Math.max(0, heard * scale() + rest);
    }

    private double total(PodWindow pod, ToDoubleFunction<Increment> of, Instant end) {
        Instant start = end.minus(settings.windows().planning());
        double total = 0;
        for (Increment increment : pod.increments()) {
            total += of.applyAsDouble(increment) * increment.shareWithin(start, end);
        }
        return total;
    }

    private double gauge(ToDoubleFunction<PodWindow> of) {
        double load = answering.stream().mapToDouble(of).sum() * scale();
        for (PodWindow pod : loadOnly) {
            load += pod.freshness(now) == Freshness.FRESH ? of.applyAsDouble(pod) : 0;
        }
        return load;
    }

    private Optional<Histogram> latencies(Distribution kind, Instant end) {
        Instant start = end.minus(settings.windows().verdict());
        List<Histogram> parts = new ArrayList<>();
        for (PodWindow pod : all) {
            for (Increment increment : pod.increments()) {
                if (increment.to().isAfter(start)) {
                    parts.addAll(increment.seen().getOrDefault(kind, List.of()));
                }
            }
        }
        return HistogramMerge.of(parts);
    }
}
