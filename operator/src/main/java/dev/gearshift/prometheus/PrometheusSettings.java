package dev.gearshift.prometheus;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where the server is and how it is asked.
 *
 * @param url its address; a path stands before {@code /api/v1/query}: {@code /prometheus} for Mimir,
 *     {@code /select/0/prometheus} for VictoriaMetrics
 * @param patience how long a round of queries may take in all
 * @param headers sent with every query, such as {@code X-Scope-OrgID}
 * @param bearerTokenFile a file with a token; read for every round, so that it may be rotated
 * @param certificates who is trusted and who we are
 * @param largestAnswer in bytes; more is not read
 * @param parallelism queries under way at once
 */
public record PrometheusSettings(
        URI url,
        Duration patience,
        SortedMap<String, String> headers,
        Optional<Path> bearerTokenFile,
        CertificateFiles certificates,
        long largestAnswer,
        int parallelism) {

    /** How long a round may take: shorter than the usual planning interval of 15 s. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The longest answer that is read. */
    public static final long LARGEST_ANSWER = 64L * 1024 * 1024;

    /** Queries under way at once. */
    public static final int PARALLELISM = 8;

    /** What the HTTP client sets itself and refuses from others. */
    private static final Set<String> RESERVED = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    public PrometheusSettings {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "the address of Prometheus must be like http://host:9090, but is " + url);
        }
        if (url.getQuery() != null || url.getFragment() != null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the address of Prometheus must end with its path: no user, '?' or '#' (use a token file)");
        }
        if (patience.isNegative() || patience.isZero() || largestAnswer < 1 || parallelism < 1) {
            throw new IllegalArgumentException("patience, largestAnswer and parallelism must be positive");
        }
        boolean hasToken = bearerTokenFile.isPresent();
        headers.forEach((name, value) -> {
            if (!TOKEN.matcher(name).matches() || value.chars().anyMatch(c -> c < ' ' || c == 127 || c > 255)) {
                throw new IllegalArgumentException("the header \"" + name + "\" or its value cannot be sent");
            }
            String known = name.toLowerCase(Locale.ROOT);
            if (RESERVED.contains(known)) {
                throw new IllegalArgumentException(
                        "the header \"" + name + "\" is set by the HTTP client and cannot be another: leave it out");
            }
            if (known.equals("authorization") && hasToken) {
                throw new IllegalArgumentException(
                        "the header \"" + name + "\" and a token file exclude each other: leave one out");
            }
        });
    }

    /** A server that wants nothing but questions. */
    public static PrometheusSettings at(URI url) {
        return new PrometheusSettings(
                url, PATIENCE, new TreeMap<>(), Optional.empty(), CertificateFiles.NONE, LARGEST_ANSWER, PARALLELISM);
    }

    /** The same with another patience. */
    public PrometheusSettings within(Duration other) {
        return new PrometheusSettings(url, other, headers, bearerTokenFile, certificates, largestAnswer, parallelism);
    }

    /** The address of instant queries. */
    URI queryUrl() {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/v1/query");
    }
}
