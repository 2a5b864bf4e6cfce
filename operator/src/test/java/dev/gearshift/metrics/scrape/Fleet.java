package dev.gearshift.metrics.scrape;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.PodLoad;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.metrics.engine.Served;
import dev.gearshift.metrics.engine.VllmDialect;
import dev.gearshift.metrics.scrape.FetchResult.Cause;
import dev.gearshift.metrics.scrape.FetchResult.Missed;
import dev.gearshift.metrics.scrape.FetchResult.Page;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A few pods of one model in memory, and a clock that a test moves from scrape to scrape. */
final class Fleet implements AutoCloseable {

    static final ModelKey MODEL = new ModelKey("team", "chat");
    static final TierName TIER = new TierName("l4");

    final SortedMap<String, String> pages = new TreeMap<>();
    final SortedMap<String, Target> targets = new TreeMap<>();
    final ScrapeMetrics metrics;
    Instant now = Instant.parse("2026-11-02T08:00:00Z");

    Fleet() {
        this(1);
    }

    Fleet(int parallelism) {
        ScrapeSettings base = ScrapeSettings.DEFAULT;
        metrics = new ScrapeMetrics(
                target -> Optional.of(URI.create("memory:" + target.pod())),
                this::fetch,
                target -> new Served(VllmDialect.DIALECT, Optional.empty()),
                new ScrapeSettings(base.windows(), parallelism));
    }

    private FetchResult fetch(URI page) {
        String text = pages.get(page.getSchemeSpecificPart());
        return text == null
                ? new Missed(Cause.UNREACHABLE, "nobody there")
                : new Page(text.getBytes(StandardCharsets.UTF_8));
    }

    void ready(String... pods) {
        for (String pod : pods) {
            targets.put(pod, new Target(MODEL, TIER, pod, true));
        }
    }

    void notReady(String pod) {
        targets.put(pod, new Target(MODEL, TIER, pod, false));
    }

    void gone(String pod) {
        targets.remove(pod);
        pages.remove(pod);
    }

    void show(String pod, FakeEngine engine) {
        pages.put(pod, engine.page());
    }

    void silence(String pod) {
        pages.remove(pod);
    }

    ScrapeReport scrape() {
        return metrics.scrape(targets.values().stream().toList(), now);
    }

    void passes(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
    }

    /** Five seconds pass, then a scrape. */
    ScrapeReport tick() {
        passes(5);
        return scrape();
    }

    ModelObservation observe(MetricsSource.Model... models) {
        return metrics.observe(
                        new MetricsSource.Fleet(
                                List.of(models), targets.values().stream().toList()),
                        now)
                .getOrDefault(MODEL, ModelObservation.ABSENT);
    }

    TierLoad tier() {
        return observe().tier(TIER).orElseThrow();
    }

    PodLoad pod(String name) {
        return Objects.requireNonNull(observe().pods().get(name));
    }

    static Cause cause(ScrapeReport report, String pod) {
        return Objects.requireNonNull(report.missed().get(MODEL.namespace() + "/" + pod))
                .cause();
    }

    @Override
    public void close() {
        metrics.close();
    }
}
