package dev.gearshift.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gearshift.core.model.Knocking;
import dev.gearshift.core.model.Knocking.Heard;
import dev.gearshift.core.model.Knocking.Silence;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.QueryText;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.prometheus.FakePrometheus;
import dev.gearshift.prometheus.PrometheusApi;
import dev.gearshift.prometheus.PrometheusApi.Round;
import dev.gearshift.prometheus.PrometheusSettings;
import dev.gearshift.prometheus.Query;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserQueriesTest {

    private static final Pattern MODEL = Pattern.compile("\"gearshift_model\", \"([^\"]+)\"");
    private static final String BAD = "bad_expression";

    private final SortedMap<ModelKey, QueryText> declared = new TreeMap<>();
    private final UserQueries users = new UserQueries();

    @SuppressWarnings("NullAway.Init")
    private FakePrometheus server;

    @SuppressWarnings("NullAway.Init")
    private PrometheusApi api;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** Gives every model of a query two requests a second; refuses queries with a bad expression in them. */
    @BeforeEach
    void start() throws IOException {
        server = new FakePrometheus((exchange, promql) -> {
            if (promql.contains(BAD)) {
                FakePrometheus.says(
                                422, "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"what is that\"}")
                        .answer(exchange, promql);
                return;
            }
            answer(exchange, promql);
        });
        api = new PrometheusApi(PrometheusSettings.at(server.url()));
    }

    private static void answer(HttpExchange exchange, String promql) throws IOException {
        List<String> elements = new ArrayList<>();
        Matcher model = MODEL.matcher(promql);
        while (model.find()) {
            elements.add("{\"metric\":{\"gearshift_model\":\"" + model.group(1) + "\"},\"value\":[1,\"2\"]}");
        }
        FakePrometheus.says(200, FakePrometheus.vector(elements.toArray(String[]::new)))
                .answer(exchange, promql);
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    private static ModelKey model(int number) {
        return new ModelKey("team", "m%03d".formatted(number));
    }

    private void declare(int models) {
        for (int i = 0; i < models; i++) {
            declared.put(model(i), new QueryText("sum(rate(requests_total{m=\"" + i + "\"}[1m]))"));
        }
    }

    /** One round; gives back how many queries were asked. */
    private int round() {
        now = now.plusSeconds(15);
        List<Query<?>> queries = users.ask(declared, now);
        Round round = api.ask(queries, now);
        users.note(round, true, now);
        return queries.size();
    }

    private long heard() {
        return declared.keySet().stream()
                .filter(key -> users.of(key).equals(new Heard(new RequestRate(2))))
                .count();
    }

    @Test
    void theExpressionsOfAllAreOneQuery() {
        declare(100);
        assertThat(round()).isEqualTo(1);
        assertThat(heard()).isEqualTo(100);
        assertThat(round()).isEqualTo(1);
        assertThat(heard()).isEqualTo(100);
    }

    @Test
    void thoseThatDoNotFitInOneQueryTakeTurnsTwoQueriesARound() {
        declare(500);
        for (int i = 0; i < 4; i++) {
            assertThat(round()).isEqualTo(2);
        }
        for (int i = 0; i < 12; i++) {
            assertThat(round()).isEqualTo(2);
            assertThat(heard()).isEqualTo(500);
        }
        assertThat(server.asked()).allMatch(query -> query.promql().length() <= CombinedSize.LARGEST);
    }

    @Test
    void whoseTurnDoesNotComeForTooLongIsNotHeard() {
        declare(100);
        round();
        now = now.plus(UserQueries.KEPT).minusSeconds(1);
        users.ask(declared, now);
        assertThat(heard()).isEqualTo(100);
        now = now.plusSeconds(2);
        users.ask(declared, now);
        assertThat(heard()).isZero();
    }

    /** As the usual server, but it refuses queries that are longer than that. */
    private void refuseLongerThan(int bytes) {
        server.become((exchange, promql) -> {
            if (promql.length() > bytes) {
                FakePrometheus.says(422, "{\"status\":\"error\",\"error\":\"too long\"}")
                        .answer(exchange, promql);
            } else {
                answer(exchange, promql);
            }
        });
    }

    @Test
    void manyThatFailTogetherAndNotApartSettleInShorterQueries() {
        refuseLongerThan(4_000);
        declare(120);
        for (int i = 0; i < 12; i++) {
            round();
        }
        int settled = server.asked().size();
        for (int i = 0; i < 40; i++) {
            round();
            assertThat(heard()).isEqualTo(120);
        }
        assertThat(server.asked().subList(settled, server.asked().size()))
                .allMatch(query -> query.promql().length() <= 4_000);
    }

    @Test
    void alsoWhenTheyWereAnsweredTogetherBeforeAndNobodyIsUnheardMeanwhile() {
        declare(120);
        round();
        refuseLongerThan(4_000);
        for (int i = 0; i < 40; i++) {
            round();
            assertThat(heard()).isEqualTo(120);
        }
    }

    @Test
    void aLimitThatWasFoundIsTriedAgainAfterAnHour() {
        declare(120);
        refuseLongerThan(4_000);
        for (int i = 0; i < 12; i++) {
            round();
        }
        refuseLongerThan(Integer.MAX_VALUE);
        assertThat(round()).isEqualTo(2);
        for (int hours = 0; hours < 3; hours++) {
            now = now.plus(CombinedSize.HELD);
            round();
        }
        assertThat(round()).isEqualTo(1);
        assertThat(heard()).isEqualTo(120);
    }

    @Test
    void aBadOneDoesNotMakeTheQueriesOfOthersShorter() {
        declare(100);
        declared.put(model(10), new QueryText(BAD));
        for (int i = 0; i < 16; i++) {
            round();
        }
        assertThat(heard()).isEqualTo(99);
        assertThat(round()).isEqualTo(1);
    }

    @Test
    void whatAProxyRefusesOfOneModelIsThatModelsFault() {
        declare(8);
        declared.put(model(3), new QueryText("secret"));
        server.become((exchange, promql) -> {
            if (promql.contains("secret")) {
                FakePrometheus.says(403, "{\"status\":\"error\",\"error\":\"not yours\"}")
                        .answer(exchange, promql);
            } else {
                answer(exchange, promql);
            }
        });
        for (int i = 0; i < 8; i++) {
            round();
        }
        assertThat(detail(model(3))).contains("not yours");
        assertThat(heard()).isEqualTo(7);
    }

    @Test
    void whatCannotBeTrueIsNotHeard() {
        declare(1);
        for (String value : List.of("1e300", "-1", "NaN", "+Inf")) {
            server.become(FakePrometheus.says(
                    200,
                    FakePrometheus.vector(
                            "{\"metric\":{\"gearshift_model\":\"team/m000\"},\"value\":[1,\"" + value + "\"]}")));
            round();
            assertThat(users.of(model(0))).as(value).isEqualTo(new Knocking.Unheard(Silence.UNSEEN, ""));
        }
    }

    @Test
    void oneThatIsChangedForTheWorseFailsAloneAndTheOthersAreNotTouched() {
        declare(100);
        round();
        declared.put(model(77), new QueryText(BAD));
        assertThat(round()).isEqualTo(2);
        assertThat(heard()).isEqualTo(99);
        assertThat(users.of(model(77))).isInstanceOfSatisfying(Knocking.Unheard.class, unheard -> {
            assertThat(unheard.why()).isEqualTo(Silence.QUERY_FAILED);
            assertThat(unheard.detail()).contains("what is that");
        });
        assertThat(users.of(model(78))).isInstanceOf(Heard.class);
    }

    @Test
    void amongManyNewOnesTheBadAreFoundByHalvesTwoQueriesARound() {
        declare(256);
        declared.put(model(10), new QueryText(BAD));
        declared.put(model(200), new QueryText(BAD));
        int rounds = 0;
        while (heard() < 254) {
            assertThat(round()).isLessThanOrEqualTo(2);
            rounds++;
        }
        assertThat(rounds).isLessThanOrEqualTo(36);
        assertThat(users.of(model(10))).isInstanceOf(Knocking.Unheard.class);
    }

    @Test
    void oneThatBreaksLaterIsSoughtAmongThoseThatWereInTheClear() {
        declare(8);
        declared.put(model(3), new QueryText("sometimes"));
        round();
        assertThat(heard()).isEqualTo(8);
        FakePrometheus.Behaviour usual = FakePrometheus.says(422, "{\"status\":\"error\",\"error\":\"duplicates\"}");
        server.become((exchange, promql) -> {
            if (promql.contains("sometimes")) {
                usual.answer(exchange, promql);
            } else {
                FakePrometheus.says(200, FakePrometheus.vector()).answer(exchange, promql);
            }
        });
        for (int i = 0; i < 8; i++) {
            round();
        }
        assertThat(users.of(model(3))).isEqualTo(new Knocking.Unheard(Silence.QUERY_FAILED, detail(model(3))));
        assertThat(declared.keySet().stream()
                        .filter(key -> users.of(key) instanceof Knocking.Unheard unheard
                                && unheard.why() == Silence.QUERY_FAILED))
                .containsExactly(model(3));
    }

    private String detail(ModelKey key) {
        return users.of(key) instanceof Knocking.Unheard unheard ? unheard.detail() : "";
    }

    @Test
    void itIsTriedAgainAfterTenMinutesOrWhenItIsChanged() {
        declare(2);
        declared.put(model(0), new QueryText(BAD));
        round();
        round();
        round();
        assertThat(heard()).isEqualTo(1);
        int asked = server.asked().size();
        for (int i = 0; i < 30; i++) {
            round();
        }
        assertThat(server.asked().subList(asked, server.asked().size()))
                .noneMatch(query -> query.promql().contains(BAD));
        now = now.plus(UserQueries.LEFT_OUT);
        int before = server.asked().size();
        round();
        assertThat(server.asked().subList(before, server.asked().size()))
                .anyMatch(query -> query.promql().contains(BAD));
        declared.put(model(0), new QueryText("good"));
        round();
        assertThat(heard()).isEqualTo(2);
    }

    @Test
    void aServerThatDoesNotAnswerIsNobodysFault() {
        declare(4);
        round();
        server.become(FakePrometheus.says(500, ""));
        now = now.plusSeconds(15);
        Round round = api.ask(users.ask(declared, now), now);
        users.note(round, false, now);
        assertThat(users.of(model(0))).isEqualTo(new Knocking.Unheard(Silence.UNSEEN, ""));
    }

    @Test
    void noTextChangesWhatAnotherModelsElementIs() {
        Random random = new Random(11);
        String[] bits = {
            "x",
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "`",
            "\\",
            "#",
            "\n",
            ",",
            " or ",
            "vector(1)",
            "sum by (a) (y)",
            "{a=\"b\"}",
            "[5m]",
            "label_replace(",
            "), \"gearshift_model\", \"team/other\", \"\", \"\")"
        };
        ModelKey mine = new ModelKey("team", "mine");
        ModelKey other = new ModelKey("team", "other");
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder made = new StringBuilder();
            for (int length = 1 + random.nextInt(7); length > 0; length--) {
                made.append(bits[random.nextInt(bits.length)]);
            }
            String text = made.toString();
            if (QueryText.fault(text).isPresent()) {
                continue;
            }
            accepted++;
            String promql = UserQueries.promql(
                    new TreeMap<>(Map.of(mine, new QueryText(text), other, new QueryText("requests"))));
            List<String> parts = PromqlParts.of(promql);
            assertThat(parts)
                    .as("seed 11, text %s", text)
                    .containsExactly(
                            "label_replace(sum(" + text + "), \"gearshift_model\", \"team/mine\", \"\", \"\")",
                            "label_replace(sum(requests), \"gearshift_model\", \"team/other\", \"\", \"\")");
        }
        assertThat(accepted).isGreaterThan(5_000);
    }

    @Test
    void namesAreQuoted() {
        String promql =
                UserQueries.promql(new TreeMap<>(Map.of(new ModelKey("te\"am", "a\n}$1"), new QueryText("requests"))));
        assertThat(promql)
                .isEqualTo("label_replace(sum(requests), \"gearshift_model\", \"te\\\"am/a\\n}$$1\", \"\", \"\")");
    }
}
