package dev.gearshift.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gearshift.prometheus.Answer.Cause;
import dev.gearshift.prometheus.Answer.Given;
import dev.gearshift.prometheus.Answer.Missing;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks Prometheus's HTTP API (Prometheus, Thanos, Mimir, VictoriaMetrics, Google's managed service). Queries of a round
 * run side by side; each is tried a second time when the first attempt failed in a way that may pass; the whole round ends in
 * bounded time, and no answer takes more memory than allowed. Nothing is thrown for what the server does. Redirects are not
 * followed: they would carry the token elsewhere.
 */
public final class PrometheusApi implements AutoCloseable {

    private static final int LONGEST_ERROR = 8 * 1024;
    private static final int LONGEST_DETAIL = 300;

    private final PrometheusSettings settings;
    private final Connection connection;
    private final ExecutorService workers;
    private final CircuitBreaker breaker = new CircuitBreaker();

    /** A server that has not been asked yet. */
    public PrometheusApi(PrometheusSettings settings) {
        this.settings = settings;
        this.connection = new Connection(settings.certificates());
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(settings.parallelism(), task -> {
            Thread thread = new Thread(task, "prometheus-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The answers of one round, in the order of its queries. */
    public static final class Round {

        private final List<Query<?>> queries;
        private final List<Answer<?>> answers;

        Round(List<Query<?>> queries, List<Answer<?>> answers) {
            this.queries = queries;
            this.answers = List.copyOf(answers);
        }

        /**
         * The answer to a query of this round.
         *
         * @throws IllegalArgumentException when it was not asked in this round
         */
        @SuppressWarnings("unchecked") // the answer at a query's place was made by that query's gathering
        public <T> Answer<T> of(Query<T> query) {
            int at = queries.indexOf(query);
            if (at < 0) {
                throw new IllegalArgumentException("the query \"" + query.name() + "\" is not of this round");
            }
            return (Answer<T>) answers.get(at);
        }

        /**
         * The part of this round that is about some of its queries.
         *
         * @throws IllegalArgumentException when one of them was not asked in this round
         */
        public Round part(Collection<? extends Query<?>> some) {
            List<Query<?>> asked = List.copyOf(some);
            return new Round(asked, asked.stream().<Answer<?>>map(this::of).toList());
        }

        /** Every answer, in the order of the queries. */
        public List<Answer<?>> answers() {
            return answers;
        }

        /** What is missing, as {@code name: detail}; empty when every query was answered. */
        public List<String> missing() {
            List<String> missing = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i) instanceof Missing<?> none) {
                    missing.add(queries.get(i).name() + ": " + none.detail());
                }
            }
            return missing;
        }

        /** What the server said besides its answers. */
        public List<String> warnings() {
            return answers.stream()
                    .flatMap(answer -> answer instanceof Given<?> given ? given.warnings().stream() : null)
                    .distinct()
                    .toList();
        }

        /** How long the answers were, together, in bytes. */
        public long bytes() {
            return answers.stream()
                    .mapToLong(answer -> answer instanceof Given<?> given ? given.bytes() : 0)
                    .sum();
        }
    }

    /**
     * Asks all of these, and returns when each has been answered or given up. While the server rests after failing too often, nothing
     * is asked; then one query first, to try.
     *
     * @param queries what to ask
     * @param now the present, for the pauses between tries
     */
    public synchronized Round ask(Collection<? extends Query<?>> queries, Instant now) {
        List<Query<?>> asked = List.copyOf(queries);
        long end = System.nanoTime() + settings.patience().toNanos();
        List<Answer<?>> answers = new ArrayList<>();
        CircuitBreaker.State state = breaker.state(now);
        if (state == CircuitBreaker.State.TRYING && !asked.isEmpty()) {
            answers.addAll(side(asked.subList(0, 1), end));
        }
        boolean rests = state == CircuitBreaker.State.OPEN || (!answers.isEmpty() && isServersFault(answers.get(0)));
        List<Query<?>> rest = asked.subList(answers.size(), asked.size());
        if (rests) {
            String until = breaker.until().map(at -> " until " + at).orElse("");
            rest.forEach(
                    query -> answers.add(new Missing<>(Cause.RESTING, "not asked" + until + ": it did not answer")));
        } else {
            answers.addAll(side(rest, end));
        }
        if (state != CircuitBreaker.State.OPEN && !asked.isEmpty()) {
            note(answers, now);
        }
        return new Round(asked, answers);
    }

    private void note(List<Answer<?>> answers, Instant now) {
        if (answers.stream().allMatch(answer -> isServersFault(answer) || isResting(answer))) {
            breaker.failed(now);
        } else {
            breaker.answered();
        }
    }

    private static boolean isServersFault(Answer<?> answer) {
        return answer instanceof Missing<?> missing && missing.cause().isServers();
    }

    private static boolean isResting(Answer<?> answer) {
        return answer instanceof Missing<?> missing && missing.cause() == Cause.RESTING;
    }

    private List<Answer<?>> side(List<Query<?>> queries, long end) {
        List<Future<? extends Answer<?>>> asked = new ArrayList<>();
        for (Query<?> query : queries) {
            asked.add(workers.submit(() -> twice(query, end)));
        }
        List<Answer<?>> answers = new ArrayList<>();
        for (Future<? extends Answer<?>> future : asked) {
            answers.add(await(future, end));
        }
        return answers;
    }

    private Answer<?> await(Future<? extends Answer<?>> future, long end) {
        try {
            return future.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            future.cancel(true);
            return new Missing<>(
                    Cause.TIMED_OUT, "no end within " + settings.patience().toSeconds() + " s");
        } catch (InterruptedException stopping) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            return new Missing<>(Cause.BROKEN, "interrupted");
        } catch (ExecutionException | CancellationException failed) {
            return new Missing<>(Cause.BROKEN, detail(String.valueOf(failed.getCause())));
        }
    }

    private <T> Answer<T> twice(Query<T> query, long end) {
        Answer<T> first = once(query, end);
        boolean again = first instanceof Missing<T> missing
                && missing.cause().isPassing()
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted();
        return again ? once(query, end) : first;
    }

    private <T> Answer<T> once(Query<T> query, long end) {
        try {
            Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
            HttpClient client = connection.client();
            HttpResponse<InputStream> response =
                    client.send(request(query, left), HttpResponse.BodyHandlers.ofInputStream());
            try (CappedStream body = new CappedStream(response.body(), settings.largestAnswer())) {
                return response.statusCode() == 200 ? read(query, body) : refused(response.statusCode(), body);
            }
        } catch (CappedStream.TooLong tooLong) {
            return new Missing<>(Cause.TOO_LARGE, detail(String.valueOf(tooLong.getMessage())));
        } catch (AnswerReader.NotAVector error) {
            return new Missing<>(Cause.BAD_QUERY, detail(String.valueOf(error.getMessage())));
        } catch (JsonProcessingException noJson) {
            return new Missing<>(Cause.BROKEN, detail("not the JSON of an answer: " + noJson.getOriginalMessage()));
        } catch (IOException | RuntimeException failed) {
            return new Missing<>(cause(failed), detail(String.valueOf(failed.getMessage())));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Missing<>(Cause.BROKEN, "interrupted");
        }
    }

    private static <T> Answer<T> read(Query<T> query, CappedStream body) throws IOException {
        Query.Gathering<T> gathering = query.gathering();
        List<String> warnings = AnswerReader.read(body, gathering);
        return new Given<>(gathering.result(), warnings, body.bytes());
    }

    private static <T> Answer<T> refused(int status, CappedStream body) throws IOException {
        String said = AnswerReader.error(body.readNBytes(LONGEST_ERROR));
        Cause cause = status == 401 || status == 403
                ? Cause.REFUSED
                : status >= 400 && status < 500 && status != 408 && status != 429
                        ? Cause.BAD_QUERY
                        : Cause.SERVER_ERROR;
        return new Missing<>(cause, detail("HTTP " + status + ", " + said));
    }

    private HttpRequest request(Query<?> query, Duration left) throws IOException {
        String form = "query=" + URLEncoder.encode(query.promql(), StandardCharsets.UTF_8) + "&timeout="
                + Math.max(1, left.toMillis()) + "ms";
        Optional<Path> file = settings.bearerTokenFile();
        Optional<String> token = file.isPresent() ? Optional.of(BearerToken.read(file.get())) : Optional.empty();
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(settings.queryUrl())
                    .timeout(left)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Accept", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(form));
            settings.headers().forEach(request::setHeader);
            token.ifPresent(word -> request.setHeader("Authorization", "Bearer " + word));
            return request.build();
        } catch (IllegalArgumentException refused) {
            // The client's words, and so those of a cause, hold what it refused, which may be a secret.
            throw new IOException("the HTTP client refuses the address or a header of the query");
        }
    }

    private static Cause cause(Throwable failure) {
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof HttpTimeoutException) {
                return Cause.TIMED_OUT;
            }
            if (at instanceof ConnectException
                    || at instanceof NoRouteToHostException
                    || at instanceof UnknownHostException
                    || at instanceof UnresolvedAddressException) {
                return Cause.UNREACHABLE;
            }
        }
        return Cause.BROKEN;
    }

    /** What a server says may be long or hold anything; people read it in a condition. */
    private static String detail(String said) {
        String plain = said.replaceAll("\\p{Cntrl}+", " ").strip();
        return plain.length() <= LONGEST_DETAIL ? plain : plain.substring(0, LONGEST_DETAIL) + "…";
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
