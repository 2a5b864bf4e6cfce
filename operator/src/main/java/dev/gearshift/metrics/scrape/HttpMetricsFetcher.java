package dev.gearshift.metrics.scrape;

import dev.gearshift.metrics.scrape.FetchResult.Cause;
import dev.gearshift.metrics.scrape.FetchResult.Missed;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Gets pages over HTTP/1.1 with the JDK's client. Redirects are not followed (a pod must not send the operator elsewhere), no
 * proxy is used, and both the time to connect and the time until the last byte are bounded: a peer that trickles is cut off.
 */
public final class HttpMetricsFetcher implements MetricsFetcher {

    /** The longest page that is read. */
    public static final int LARGEST_PAGE = 4 * 1024 * 1024;

    /** How long connecting may take, and how long the answer may take afterwards. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient client;
    private final Duration patience;
    private final int largestPage;

    /** With the documented bounds. */
    public HttpMetricsFetcher() {
        this(PATIENCE, LARGEST_PAGE);
    }

    HttpMetricsFetcher(Duration patience, int largestPage) {
        this.patience = patience;
        this.largestPage = largestPage;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(patience)
                .build();
    }

    @Override
    public FetchResult fetch(URI page) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(page)
                    .timeout(patience)
                    .header("Accept", "text/plain;version=0.0.4")
                    .GET()
                    .build();
        } catch (IllegalArgumentException unusable) {
            return new Missed(Cause.NO_ADDRESS, String.valueOf(unusable.getMessage()));
        }
        CompletableFuture<HttpResponse<FetchResult>> answer =
                client.sendAsync(request, info -> CappedBody.of(info.statusCode(), largestPage));
        try {
            return answer.get(2 * patience.toMillis(), TimeUnit.MILLISECONDS).body();
        } catch (TimeoutException late) {
            answer.cancel(true);
            return new Missed(Cause.TIMED_OUT, "no end within " + patience.multipliedBy(2));
        } catch (InterruptedException stopping) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Missed(Cause.BROKEN, "interrupted");
        } catch (ExecutionException failed) {
            return missed(failed.getCause());
        }
    }

    private static Missed missed(@Nullable Throwable cause) {
        String detail = String.valueOf(cause);
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof HttpConnectTimeoutException
                    || at instanceof ConnectException
                    || at instanceof NoRouteToHostException) {
                return new Missed(Cause.UNREACHABLE, detail);
            }
            if (at instanceof HttpTimeoutException) {
                return new Missed(Cause.TIMED_OUT, detail);
            }
        }
        return new Missed(Cause.BROKEN, detail);
    }
}
