package dev.gearshift.cli;

import dev.gearshift.Gearshift;
import dev.gearshift.metrics.Windows;
import dev.gearshift.metrics.prometheus.TargetLabels;
import dev.gearshift.prometheus.CertificateFiles;
import dev.gearshift.prometheus.PrometheusApi;
import dev.gearshift.prometheus.PrometheusSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where Prometheus is and how it is asked, as a mixin of {@code gearshift run}. Without an address there is none, and the operator
 * scrapes the engines itself.
 */
public final class PrometheusOptions {

    @Option(
            names = "--prometheus-url",
            paramLabel = "URL",
            converter = OptionTexts.Address.class,
            defaultValue = "${env:GEARSHIFT_PROMETHEUS_URL}",
            description = "Take the engines' metrics from this Prometheus, Thanos, Mimir or VictoriaMetrics, such as"
                    + " http://prometheus.monitoring:9090; a path stands before /api/v1/query. Default: none, the operator scrapes"
                    + " the engines itself. Environment: GEARSHIFT_PROMETHEUS_URL.")
    private URI url = OptionTexts.Address.NONE;

    @Option(
            names = "--prometheus-scrape-interval",
            paramLabel = "DURATION",
            converter = OptionTexts.PrometheusInterval.class,
            defaultValue = "${env:GEARSHIFT_PROMETHEUS_SCRAPE_INTERVAL}",
            description =
                    "How often Prometheus scrapes the engines, from 1s to 1m. Rates are taken over a minute, or four of these."
                            + " Default: 15s. Environment: GEARSHIFT_PROMETHEUS_SCRAPE_INTERVAL.")
    private Duration interval = Duration.ofSeconds(15);

    @Option(
            names = "--prometheus-timeout",
            paramLabel = "DURATION",
            converter = OptionTexts.QueryTimeout.class,
            defaultValue = "${env:GEARSHIFT_PROMETHEUS_TIMEOUT}",
            description = "How long all queries of a plan together may take, from 100ms to 1m. Default: 10s."
                    + " Environment: GEARSHIFT_PROMETHEUS_TIMEOUT.")
    private Duration timeout = PrometheusSettings.PATIENCE;

    @Option(
            names = "--prometheus-header",
            paramLabel = "NAME=VALUE",
            converter = OptionTexts.Pair.class,
            description =
                    "A header to send with every query, such as X-Scope-OrgID=team-a. May be given several times.")
    private List<Map.Entry<String, String>> headers = List.of();

    @Option(
            names = "--prometheus-bearer-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:GEARSHIFT_PROMETHEUS_BEARER_TOKEN_FILE}",
            description = "A file with a token to send; read anew for every query."
                    + " Environment: GEARSHIFT_PROMETHEUS_BEARER_TOKEN_FILE.")
    private @Nullable Path bearerTokenFile;

    @Option(
            names = "--prometheus-ca-file",
            paramLabel = "FILE",
            defaultValue = "${env:GEARSHIFT_PROMETHEUS_CA_FILE}",
            description = "Certificates (PEM) to trust instead of the system's; taken up again when the file changes."
                    + " Environment: GEARSHIFT_PROMETHEUS_CA_FILE.")
    private @Nullable Path authorities;

    @Option(
            names = "--prometheus-cert-file",
            paramLabel = "FILE",
            defaultValue = "${env:GEARSHIFT_PROMETHEUS_CERT_FILE}",
            description = "Our own certificate (PEM). Environment: GEARSHIFT_PROMETHEUS_CERT_FILE.")
    private @Nullable Path certificate;

    @Option(
            names = "--prometheus-key-file",
            paramLabel = "FILE",
            defaultValue = "${env:GEARSHIFT_PROMETHEUS_KEY_FILE}",
            description = "Its private key (PEM). Environment: GEARSHIFT_PROMETHEUS_KEY_FILE.")
    private @Nullable Path key;

    @Option(
            names = "--prometheus-matcher",
            paramLabel = "LABEL=VALUE",
            converter = OptionTexts.Pair.class,
            description = "Use only series with this label, such as cluster=prod. May be given several times.")
    private List<Map.Entry<String, String>> matchers = List.of();

    @Option(
            names = "--prometheus-namespace-label",
            paramLabel = "LABEL",
            defaultValue = "namespace",
            description = "The label with the namespace of an engine's pod. Default: namespace.")
    private String namespaceLabel = TargetLabels.DEFAULT.namespace();

    @Option(
            names = "--prometheus-pod-label",
            paramLabel = "LABEL",
            defaultValue = "pod",
            description = "The label with the name of an engine's pod. Default: pod.")
    private String podLabel = TargetLabels.DEFAULT.pod();

    @Option(
            names = "--prometheus-prices",
            negatable = true,
            fallbackValue = "true",
            defaultValue = "${env:GEARSHIFT_PROMETHEUS_PRICES}",
            description =
                    "Take prices from OpenCost's and Karpenter's series where there are any; declared prices hold otherwise."
                            + " Default: on. Environment: GEARSHIFT_PROMETHEUS_PRICES (true or false).")
    private boolean prices = true;

    /**
     * Prometheus as a source of metrics; empty when no address is given.
     *
     * @param observer told of every round of queries
     * @throws IllegalArgumentException when options do not fit together; the message says which and what to write
     */
    public Optional<Gearshift.Source> source(Consumer<PrometheusApi.Round> observer) {
        return Optional.of(url)
                .filter(address -> !address.equals(OptionTexts.Address.NONE))
                .map(address -> new Gearshift.Source.Prometheus(
                        new PrometheusSettings(
                                address,
                                timeout,
                                sorted(headers),
                                Optional.ofNullable(bearerTokenFile),
                                new CertificateFiles(
                                        Optional.ofNullable(authorities),
                                        Optional.ofNullable(certificate),
                                        Optional.ofNullable(key)),
                                PrometheusSettings.LARGEST_ANSWER,
                                PrometheusSettings.PARALLELISM),
                        new TargetLabels(
                                namespaceLabel,
                                podLabel,
                                TargetLabels.DEFAULT.model(),
                                TargetLabels.DEFAULT.tier(),
                                sorted(matchers)),
                        Windows.scrapedEvery(interval),
                        prices,
                        observer));
    }

    private static SortedMap<String, String> sorted(List<Map.Entry<String, String>> pairs) {
        SortedMap<String, String> map = new TreeMap<>();
        pairs.forEach(pair -> map.put(pair.getKey(), pair.getValue()));
        return map;
    }
}
