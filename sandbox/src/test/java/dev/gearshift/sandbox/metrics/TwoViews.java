package dev.gearshift.sandbox.metrics;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.metrics.Windows;
import dev.gearshift.metrics.engine.Served;
import dev.gearshift.metrics.prometheus.PrometheusMetrics;
import dev.gearshift.metrics.prometheus.TargetLabels;
import dev.gearshift.metrics.scrape.HttpMetricsFetcher;
import dev.gearshift.metrics.scrape.ScrapeMetrics;
import dev.gearshift.metrics.scrape.ScrapeSettings;
import dev.gearshift.prometheus.PrometheusApi;
import dev.gearshift.prometheus.PrometheusSettings;
import dev.gearshift.sandbox.prometheus.PrometheusOptions;
import dev.gearshift.sandbox.prometheus.PrometheusServer;
import dev.gearshift.sandbox.prometheus.PrometheusTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The same engines seen by both adapters, every second; the Prometheus one where the program is found. */
final class TwoViews implements AutoCloseable {

    /** Who looks. */
    enum Adapter {
        SCRAPE,
        PROMETHEUS
    }

    static final TierName TIER = new TierName("l4");
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Windows WINDOWS = new Windows(SECOND, Duration.ofMinutes(1), Duration.ofMinutes(1));

    private final LiveEngines engines;
    private final List<Target> targets = new CopyOnWriteArrayList<>();
    private final ScrapeMetrics scrape;
    private final @Nullable PrometheusServer server;
    private final @Nullable PrometheusApi api;
    private final @Nullable PrometheusMetrics prometheus;
    private Map<Adapter, SortedMap<ModelKey, ModelObservation>> seen = new EnumMap<>(Adapter.class);

    TwoViews(LiveEngines engines, Function<Target, Served> served) {
        this.engines = engines;
        this.scrape = new ScrapeMetrics(
                target -> Optional.of(engines.page(target.pod())),
                new HttpMetricsFetcher(),
                served,
                new ScrapeSettings(WINDOWS, 8));
        this.server = PrometheusServer.find()
                .map(binary -> PrometheusServer.start(PrometheusOptions.of(binary, SECOND)))
                .orElse(null);
        this.api = server == null ? null : new PrometheusApi(PrometheusSettings.at(server.url()));
        this.prometheus =
                api == null ? null : new PrometheusMetrics(api, served, TargetLabels.DEFAULT, WINDOWS, round -> {});
    }

    static ModelKey model(String name) {
        return new ModelKey(LiveEngines.NAMESPACE, name);
    }

    /** Begins to look at a ready pod of a model. */
    void add(String model, String pod) {
        targets.add(new Target(model(model), TIER, pod, true));
        if (server != null) {
            server.add(PrometheusTarget.ofPod(engines.page(pod), LiveEngines.NAMESPACE, pod, model, TIER.value()));
        }
    }

    /** Has Prometheus scrape the pod a second time, as a second job would. */
    void scrapeTwice(String model, String pod) {
        if (server != null) {
            String other = engines.page(pod).toString().replace("127.0.0.1", "localhost");
            SortedMap<String, String> labels = new TreeMap<>(
                    PrometheusTarget.ofPod(engines.page(pod), LiveEngines.NAMESPACE, pod, model, TIER.value())
                            .labels());
            labels.put("endpoint", "again");
            server.add(new PrometheusTarget(java.net.URI.create(other), labels));
        }
    }

    /** Begins to look at a ready pod whose series tell Prometheus no more than its namespace and name. */
    void addWithoutLabels(String model, String pod) {
        targets.add(new Target(model(model), TIER, pod, true));
        scrapeStranger(pod);
    }

    /** Has Prometheus scrape a page that is no engine's of ours. */
    void scrapeStranger(String pod) {
        if (server != null) {
            server.add(new PrometheusTarget(
                    engines.page(pod), new TreeMap<>(Map.of("namespace", LiveEngines.NAMESPACE, "pod", pod))));
        }
    }

    /** Forgets a pod that is gone. */
    void remove(String pod) {
        targets.removeIf(target -> target.pod().equals(pod));
        if (server != null) {
            server.remove(engines.page(pod));
        }
    }

    /** Looks on for so long, once a second. */
    void watch(Duration span) throws InterruptedException {
        for (Duration end = engines.now().plus(span); engines.now().compareTo(end) < 0; ) {
            long began = System.nanoTime();
            Instant now = Instant.now();
            scrape.scrape(targets, now);
            seen.put(Adapter.SCRAPE, scrape.observe(fleet(), now));
            if (prometheus != null) {
                seen.put(Adapter.PROMETHEUS, prometheus.observe(fleet(), now));
            }
            long left = SECOND.toNanos() - (System.nanoTime() - began);
            Thread.sleep(Math.max(1, left / 1_000_000));
        }
    }

    private MetricsSource.Fleet fleet() {
        return new MetricsSource.Fleet(
                targets.stream()
                        .map(Target::model)
                        .distinct()
                        .map(model -> new MetricsSource.Model(model, LiveEngines.MODEL, false, Optional.empty()))
                        .toList(),
                targets);
    }

    /** What each adapter saw last. */
    Map<Adapter, SortedMap<ModelKey, ModelObservation>> seen() {
        return new EnumMap<>(seen);
    }

    /** The Prometheus between; empty where there is none. */
    Optional<PrometheusServer> server() {
        return Optional.ofNullable(server);
    }

    @Override
    public void close() {
        scrape.close();
        if (api != null) {
            api.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
