package dev.gearshift;

import dev.gearshift.Gearshift.Edges;
import dev.gearshift.Gearshift.Source;
import dev.gearshift.kubernetes.view.EngineAddresses;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.loop.PriceBook;
import dev.gearshift.metrics.engine.Dialects;
import dev.gearshift.metrics.engine.Served;
import dev.gearshift.metrics.prometheus.PrometheusMetrics;
import dev.gearshift.metrics.scrape.PodEndpoints;
import dev.gearshift.metrics.scrape.ScrapeMetrics;
import dev.gearshift.metrics.scrape.ScrapeSettings;
import dev.gearshift.pricing.DeclaredPrices;
import dev.gearshift.pricing.PrometheusPrices;
import dev.gearshift.prometheus.PrometheusApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Where the operator's figures come from.
 *
 * @param metrics how the models do
 * @param prices what tiers cost
 * @param rounds what has to be done at intervals for it
 * @param closing what is closed with the operator
 */
record Sources(MetricsSource metrics, PriceBook prices, Optional<Rounds> rounds, List<Runnable> closing) {

    /**
     * Something done at intervals.
     *
     * @param interval from one to the next
     * @param work told of every replica there is, and the time
     */
    record Rounds(Duration interval, BiConsumer<List<Target>, Instant> work) {}

    /** Puts them together. */
    static Sources of(Source source, Edges edges, EngineAddresses addresses) {
        return source instanceof Source.Prometheus prometheus
                ? of(prometheus, edges, addresses)
                : of(((Source.Scrape) source).settings(), edges, addresses);
    }

    private static Sources of(Source.Prometheus source, Edges edges, EngineAddresses addresses) {
        PrometheusApi api = new PrometheusApi(source.settings());
        MetricsSource metrics =
                new PrometheusMetrics(api, served(addresses), source.labels(), source.windows(), source.observer());
        if (edges.prices().isPresent() || !source.prices()) {
            return new Sources(metrics, declaredOr(edges), Optional.empty(), List.of(api::close));
        }
        // Asked apart, and with less patience: a plan may wait for metrics, but prices can be had later.
        PrometheusApi forPrices = new PrometheusApi(source.settings().within(PrometheusPrices.PATIENCE));
        return new Sources(
                metrics,
                new PrometheusPrices(forPrices, source.labels().only()),
                Optional.empty(),
                List.of(api::close, forPrices::close));
    }

    private static Sources of(ScrapeSettings settings, Edges edges, EngineAddresses addresses) {
        PodEndpoints own = PodEndpoints.http(target -> addresses
                .of(target)
                .map(address -> new PodEndpoints.Address(address.ip(), address.port(), address.path())));
        ScrapeMetrics metrics = new ScrapeMetrics(
                edges.endpoints().<PodEndpoints>map(given -> given::apply).orElse(own),
                edges.fetcher(),
                served(addresses),
                settings);
        return new Sources(
                metrics,
                declaredOr(edges),
                Optional.of(new Rounds(settings.windows().interval(), metrics::scrape)),
                List.of(metrics::close));
    }

    private static PriceBook declaredOr(Edges edges) {
        return edges.prices().orElseGet(DeclaredPrices::new);
    }

    /** What a pod serves. One whose engine is not known, since its declaration is refused, has no dialect and shows nothing. */
    private static Function<Target, Served> served(EngineAddresses addresses) {
        return target -> new Served(
                addresses.engine(target.model()).map(Dialects::of).orElse(Dialects.UNKNOWN),
                addresses.servedName(target.model()));
    }
}
