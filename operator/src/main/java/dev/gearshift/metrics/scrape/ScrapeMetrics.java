package dev.gearshift.metrics.scrape;

import dev.gearshift.core.model.Knocking;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.metrics.PodKey;
import dev.gearshift.metrics.engine.DialectReading;
import dev.gearshift.metrics.engine.EngineSample;
import dev.gearshift.metrics.engine.Served;
import dev.gearshift.metrics.scrape.FetchResult.Cause;
import dev.gearshift.metrics.scrape.FetchResult.Missed;
import dev.gearshift.metrics.scrape.FetchResult.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The metrics source of clusters without Prometheus: asks the engine pods themselves, every few seconds, and keeps short windows of
 * what they showed. Both entry points take the time from the caller; given the same pages at the same instants the answers are
 * the same, however the threads run. Safe for use by several threads.
 *
 * <p>Offered load of a tier is (completed + aborted + growth of running and waiting) ÷ time, over the planning window. See
 * {@link PodWindow} for restarts and new pods, {@link TierView} for pods that do not answer or are gone.
 */
public final class ScrapeMetrics implements MetricsSource, AutoCloseable {

    private final PodEndpoints endpoints;
    private final MetricsFetcher fetcher;
    private final Function<Target, Served> served;
    private final ScrapeSettings settings;
    private final @Nullable ExecutorService workers;
    private final SortedMap<PodKey, PodWindow> windows = new TreeMap<>();
    private @Nullable Instant lastRound;

    /**
     * A source that has seen nothing yet.
     *
     * @param endpoints where the pods' metrics are
     * @param fetcher gets the pages
     * @param served what a pod serves, and in which dialect it tells
     * @param settings intervals and windows
     */
    public ScrapeMetrics(
            PodEndpoints endpoints, MetricsFetcher fetcher, Function<Target, Served> served, ScrapeSettings settings) {
        this.endpoints = endpoints;
        this.fetcher = fetcher;
        this.served = served;
        this.settings = settings;
        AtomicInteger number = new AtomicInteger();
        this.workers = settings.parallelism() == 1
                ? null
                : Executors.newFixedThreadPool(settings.parallelism(), task -> {
                    Thread thread = new Thread(task, "scrape-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private record Answer(Optional<EngineSample> sample, int malformed, Optional<Missed> missed) {

        static Answer missed(Cause cause, String detail) {
            return new Answer(Optional.empty(), 0, Optional.of(new Missed(cause, detail)));
        }
    }

    /**
     * Asks every target once, all in parallel, and remembers what they showed as of {@code now}. Returns when all have answered or
     * timed out. Never throws for what the pods do.
     */
    public ScrapeReport scrape(List<Target> targets, Instant now) {
        List<Answer> answers = ask(targets);
        synchronized (windows) {
            SortedMap<String, Missed> missed = new TreeMap<>();
            int malformed = 0;
            for (int i = 0; i < answers.size(); i++) {
                PodKey key = PodKey.of(targets.get(i));
                PodWindow window = windows.computeIfAbsent(key, any -> new PodWindow(settings, lastRound));
                window.ready(targets.get(i).ready(), now);
                Answer answer = answers.get(i);
                malformed += answer.malformed();
                answer.sample().ifPresent(sample -> window.record(sample, now));
                answer.missed().ifPresent(cause -> {
                    window.missed(now);
                    missed.put(key.toString(), cause);
                });
            }
            SortedMap<PodKey, Target> present = new TreeMap<>();
            targets.forEach(target -> present.put(PodKey.of(target), target));
            windows.entrySet()
                    .removeIf(entry -> !present.containsKey(entry.getKey())
                            && entry.getValue().isForgotten(now));
            lastRound = now;
            return new ScrapeReport(now, answers.size() - missed.size(), malformed, missed);
        }
    }

    @Override
    public SortedMap<ModelKey, ModelObservation> observe(Fleet fleet, Instant now) {
        SortedMap<ModelKey, List<Target>> byModel = new TreeMap<>();
        fleet.targets()
                .forEach(target -> byModel.computeIfAbsent(target.model(), any -> new ArrayList<>())
                        .add(target));
        SortedMap<ModelKey, ModelObservation> known = new TreeMap<>();
        synchronized (windows) {
            SortedMap<ModelKey, SortedMap<PodKey, PodWindow>> windowsByModel = new TreeMap<>();
            for (Map.Entry<PodKey, PodWindow> entry : windows.entrySet()) {
                windowsByModel
                        .computeIfAbsent(entry.getKey().model(), any -> new TreeMap<>())
                        .put(entry.getKey(), entry.getValue());
            }
            ModelView view = new ModelView(settings, now);
            byModel.forEach((model, ofModel) ->
                    known.put(model, view.of(model, ofModel, windowsByModel.getOrDefault(model, new TreeMap<>()))));
        }
        // Only replicas are asked: neither one that does not exist nor anybody in front of them tells anything.
        Knocking nobody = new Knocking.Unheard(Knocking.Silence.NO_PROMETHEUS, "");
        for (Model model : fleet.models()) {
            ModelObservation seen = known.getOrDefault(model.key(), ModelObservation.ABSENT);
            if (model.latencyFromGateway()) {
                known.put(model.key(), unmeasured(seen).knocking(nobody));
            } else if (model.demand().isPresent()) {
                known.put(model.key(), seen.knocking(nobody));
            }
        }
        return known;
    }

    /** Without latencies: an engine measures something else than the gateway they are to come from. */
    private static ModelObservation unmeasured(ModelObservation seen) {
        List<TierLoad> tiers = seen.tiers().stream()
                .map(tier -> tier.measured(Optional.empty(), Optional.empty(), Optional.empty()))
                .toList();
        return new ModelObservation(seen.freshness(), seen.age(), tiers, seen.pods());
    }

    /** How many pods are remembered, those that are gone included. */
    int remembered() {
        synchronized (windows) {
            return windows.size();
        }
    }

    @Override
    public void close() {
        if (workers != null) {
            workers.shutdownNow();
        }
    }

    private List<Answer> ask(List<Target> targets) {
        if (workers == null) {
            return targets.stream().map(this::ask).toList();
        }
        List<Future<Answer>> asked = new ArrayList<>();
        for (Target target : targets) {
            asked.add(workers.submit(() -> ask(target)));
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> future : asked) {
            try {
                answers.add(future.get());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                asked.forEach(each -> each.cancel(true));
                answers.add(Answer.missed(Cause.BROKEN, "interrupted"));
            } catch (ExecutionException | CancellationException failed) {
                answers.add(Answer.missed(Cause.BROKEN, String.valueOf(failed.getCause())));
            }
        }
        return answers;
    }

    /** One pod that makes a resolver, a fetcher or a dialect fail must not cost the others their metrics. */
    private Answer ask(Target target) {
        try {
            Optional<URI> page = endpoints.of(target);
            if (page.isEmpty()) {
                return Answer.missed(Cause.NO_ADDRESS, "no address yet");
            }
            FetchResult result = fetcher.fetch(page.get());
            if (result instanceof Page body) {
                return read(body, served.apply(target));
            }
            return new Answer(Optional.empty(), 0, Optional.of((Missed) result));
        } catch (IOException | RuntimeException failed) {
            return Answer.missed(Cause.BROKEN, String.valueOf(failed));
        }
    }

    private static Answer read(Page page, Served served) throws IOException {
        DialectReading reading = served.dialect().read(served.model());
        ExpositionParser.Summary summary =
                ExpositionParser.parse(new ByteArrayInputStream(page.body()), reading::accept);
        EngineSample sample = reading.sample();
        if (!sample.showsLoad()) {
            return new Answer(
                    Optional.empty(),
                    summary.malformed(),
                    Optional.of(new Missed(
                            Cause.SHOWS_NO_LOAD,
                            summary.series() + " series, but not requests running, waiting and completed")));
        }
        return new Answer(Optional.of(sample), summary.malformed(), Optional.empty());
    }
}
