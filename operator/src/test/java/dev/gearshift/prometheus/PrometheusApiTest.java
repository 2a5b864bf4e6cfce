package dev.gearshift.prometheus;

import static dev.gearshift.prometheus.FakePrometheus.says;
import static dev.gearshift.prometheus.FakePrometheus.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.prometheus.Answer.Cause;
import dev.gearshift.prometheus.Answer.Given;
import dev.gearshift.prometheus.Answer.Missing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusApiTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @SuppressWarnings("NullAway.Init")
    private FakePrometheus server;

    @BeforeEach
    void start() throws IOException {
        server = new FakePrometheus(says(200, vector()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Query<List<Sample>> query(String promql) {
        return Query.filling("test", promql, ArrayList::new, List::add);
    }

    private PrometheusSettings settings() {
        PrometheusSettings usual = PrometheusSettings.at(server.url());
        return new PrometheusSettings(
                usual.url(),
                Duration.ofSeconds(2),
                usual.headers(),
                usual.bearerTokenFile(),
                usual.certificates(),
                1_000_000,
                4);
    }

    private static Answer<List<Sample>> ask(PrometheusSettings settings) {
        Query<List<Sample>> query = query("up");
        try (PrometheusApi api = new PrometheusApi(settings)) {
            return api.ask(List.of(query), NOW).of(query);
        }
    }

    private static Cause cause(Answer<?> answer) {
        assertThat(answer).isInstanceOf(Missing.class);
        return ((Missing<?>) answer).cause();
    }

    @Test
    void theElementsOfAnAnswerComeWithLabelsTimeAndValue() {
        server.become(says(
                200,
                vector(
                        "{\"metric\":{\"pod\":\"a\",\"le\":\"+Inf\"},\"value\":[1700000000.5,\"3.25\"]}",
                        "{\"metric\":{},\"value\":[1700000000.5,\"NaN\"]}",
                        "{\"metric\":{\"pod\":\"b\"},\"value\":[1700000000.5,\"0x10\"]}")));
        assertThat(ask(settings()).given().orElseThrow())
                .containsExactly(
                        new Sample(List.of("pod", "a", "le", "+Inf"), 1700000000.5, 3.25),
                        new Sample(List.of(), 1700000000.5, Double.NaN));
    }

    @Test
    void thePathOfTheAddressStandsBeforeTheQuery() {
        ask(new PrometheusSettings(
                URI.create(server.url() + "/select/0/prometheus/"),
                Duration.ofSeconds(2),
                new TreeMap<>(Map.of("X-Scope-OrgID", "team-a")),
                Optional.empty(),
                CertificateFiles.NONE,
                1000,
                1));
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.path()).isEqualTo("/select/0/prometheus/api/v1/query");
            assertThat(asked.promql()).isEqualTo("up");
            assertThat(asked.headers()).containsEntry("X-scope-orgid", List.of("team-a"));
        });
    }

    @Test
    void theTokenIsReadAnewForEveryQuery() throws IOException {
        Path token = dir.resolve("token");
        Files.writeString(token, "first\n");
        PrometheusSettings usual = settings();
        PrometheusSettings settings = new PrometheusSettings(
                usual.url(), usual.patience(), usual.headers(), Optional.of(token), usual.certificates(), 1000, 1);
        Query<List<Sample>> query = query("up");
        try (PrometheusApi api = new PrometheusApi(settings)) {
            api.ask(List.of(query), NOW);
            Files.writeString(token, "second");
            api.ask(List.of(query), NOW);
            Files.delete(token);
            assertThat(api.ask(List.of(query), NOW).missing())
                    .singleElement()
                    .asString()
                    .contains("token");
        }
        assertThat(server.asked())
                .extracting(asked -> asked.headers().get("Authorization"))
                .containsExactly(List.of("Bearer first"), List.of("Bearer second"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hush\nhush", "hush\thush", "hush\u0001", "hush hush", "hüsh", "", " \n"})
    void aTokenThatIsNoSingleLineIsNotSentAndNotTold(String content) throws IOException {
        Path token = dir.resolve("credential");
        Files.writeString(token, content);
        PrometheusSettings usual = settings();
        Answer<?> answer = ask(new PrometheusSettings(
                usual.url(), usual.patience(), usual.headers(), Optional.of(token), usual.certificates(), 1000, 1));
        assertThat(((Missing<?>) answer).detail()).isEqualTo("the token file " + token + " holds no single-line token");
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "host", "Connection", "Content-Length", "Expect", "Upgrade"})
    void aHeaderThatTheClientSetsItselfIsRefused(String name) {
        assertThatThrownBy(() -> with(name, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the header \"" + name + "\" is set by the HTTP client and cannot be another: leave it out");
    }

    @Test
    void aTokenIsGivenOnce() {
        assertThatThrownBy(() -> with("authorization", Optional.of(dir.resolve("token"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the header \"authorization\" and a token file exclude each other: leave one out");
        assertThat(with("authorization", Optional.empty()).headers()).containsOnlyKeys("authorization");
    }

    private PrometheusSettings with(String header, Optional<Path> token) {
        return new PrometheusSettings(
                server.url(),
                Duration.ofSeconds(2),
                new TreeMap<>(Map.of(header, "x")),
                token,
                CertificateFiles.NONE,
                1000,
                1);
    }

    @ParameterizedTest
    @CsvSource({
        "401, REFUSED, 1",
        "403, REFUSED, 1",
        "400, BAD_QUERY, 1",
        "422, BAD_QUERY, 1",
        "302, SERVER_ERROR, 2",
        "429, SERVER_ERROR, 2",
        "500, SERVER_ERROR, 2",
        "503, SERVER_ERROR, 2"
    })
    void aStatusSaysWhatIsWrongAndWhetherToTryAgain(int status, Cause cause, int attempts) {
        server.become(says(status, "{\"status\":\"error\",\"errorType\":\"x\",\"error\":\"parse\\nerror\"}"));
        Answer<?> answer = ask(settings());
        assertThat(cause(answer)).isEqualTo(cause);
        assertThat(((Missing<?>) answer).detail()).isEqualTo("HTTP " + status + ", parse error");
        assertThat(server.asked()).hasSize(attempts);
    }

    @Test
    void oneFailureIsMendedByTheSecondAttempt() {
        AtomicInteger attempts = new AtomicInteger();
        server.become((exchange, promql) -> {
            if (attempts.incrementAndGet() == 1) {
                says(500, "").answer(exchange, promql);
            } else {
                says(200, vector("{\"metric\":{},\"value\":[1,\"1\"]}")).answer(exchange, promql);
            }
        });
        assertThat(ask(settings()).given().orElseThrow()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"status\":\"success\"}|BAD_QUERY",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}|BAD_QUERY",
                "{\"status\":\"error\",\"error\":\"no\"}|BAD_QUERY",
                "<html>|BROKEN",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":|BROKEN",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}|BROKEN",
            })
    void whatIsNoAnswerIsNotTakenForAnEmptyOne(String body, Cause cause) {
        server.become(says(200, body));
        assertThat(cause(ask(settings()))).isEqualTo(cause);
    }

    @Test
    void warningsAreHandedOn() {
        String body = "{\"status\":\"success\",\"warnings\":[\"store down\",7],\"infos\":[\"fine\"],"
                + "\"data\":{\"result\":[],\"resultType\":\"vector\"}}";
        server.become(says(200, body));
        assertThat(ask(settings())).isEqualTo(new Given<>(List.of(), List.of("store down"), body.length()));
    }

    @Test
    void whatPrometheus2RemarksOnNamesIsNoWarning() {
        String remark = "PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
                + "\\\"tgi_request_success\\\" (1:10)";
        String malformed = "PromQL warning: bucket label \\\"le\\\" is missing or has a malformed value of \\\"x\\\"";
        server.become(says(
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]},\"warnings\":[\"" + remark
                        + "\",\"" + malformed + "\"]}"));
        assertThat(((Given<?>) ask(settings())).warnings())
                .containsExactly("PromQL warning: bucket label \"le\" is missing or has a malformed value of \"x\"");
    }

    @Test
    void aServerThatHangsCostsNoMoreThanThePatience() {
        server.become(server.hangs());
        PrometheusSettings usual = settings();
        PrometheusSettings hasty = new PrometheusSettings(
                usual.url(), Duration.ofMillis(200), usual.headers(), Optional.empty(), usual.certificates(), 1000, 2);
        List<Query<List<Sample>>> queries = List.of(query("a"), query("b"), query("c"), query("d"), query("e"));
        try (PrometheusApi api = new PrometheusApi(hasty)) {
            PrometheusApi.Round round = api.ask(queries, NOW);
            assertThat(queries)
                    .allSatisfy(query -> assertThat(cause(round.of(query))).isEqualTo(Cause.TIMED_OUT));
        }
    }

    @Test
    void anAnswerThatIsTooLongIsNotReadToItsEnd() {
        server.become(FakePrometheus.floods(100_000_000));
        assertThat(cause(ask(settings()))).isEqualTo(Cause.TOO_LARGE);
    }

    @Test
    void nobodyThereIsUnreachable() {
        URI url = server.url();
        server.close();
        assertThat(cause(ask(PrometheusSettings.at(url)))).isEqualTo(Cause.UNREACHABLE);
    }

    @Test
    void aServerThatFailsIsLeftAloneAndTriedWithOneQuery() {
        server.become(says(500, ""));
        List<Query<List<Sample>>> queries = List.of(query("a"), query("b"));
        try (PrometheusApi api = new PrometheusApi(settings())) {
            for (int round = 0; round < CircuitBreaker.PATIENCE; round++) {
                api.ask(queries, NOW);
            }
            int before = server.asked().size();
            assertThat(cause(api.ask(queries, NOW.plusSeconds(1)).of(queries.get(0))))
                    .isEqualTo(Cause.RESTING);
            assertThat(server.asked()).hasSize(before);

            Instant later = NOW.plus(CircuitBreaker.FIRST_PAUSE);
            assertThat(cause(api.ask(queries, later).of(queries.get(1)))).isEqualTo(Cause.RESTING);
            assertThat(server.asked().subList(before, server.asked().size()))
                    .extracting(FakePrometheus.Asked::promql)
                    .containsExactly("a", "a");

            server.become(says(200, vector()));
            Instant muchLater = later.plus(CircuitBreaker.LONGEST_PAUSE);
            assertThat(api.ask(queries, muchLater).missing()).isEmpty();
            assertThat(api.ask(queries, muchLater).missing()).isEmpty();
        }
    }

    @Test
    void aBadQueryDoesNotMakeTheServerRest() {
        server.become(says(400, ""));
        Query<List<Sample>> query = query("a");
        try (PrometheusApi api = new PrometheusApi(settings())) {
            for (int round = 0; round < 10; round++) {
                assertThat(cause(api.ask(List.of(query), NOW).of(query))).isEqualTo(Cause.BAD_QUERY);
            }
        }
    }

    @Test
    void anAddressThatCannotBeMeantIsRefused() {
        for (String url : List.of("ftp://host", "host:9090", "http:///x", "http://u:p@host", "http://host?x=1")) {
            assertThatThrownBy(() -> PrometheusSettings.at(URI.create(url)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Prometheus");
        }
    }
}
