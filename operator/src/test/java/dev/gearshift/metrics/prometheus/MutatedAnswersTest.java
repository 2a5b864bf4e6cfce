package dev.gearshift.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.metrics.Mutation;
import dev.gearshift.metrics.Plausible;
import dev.gearshift.metrics.Windows;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.VllmDialect;
import dev.gearshift.prometheus.FakePrometheus;
import dev.gearshift.prometheus.PrometheusApi.Round;
import dev.gearshift.prometheus.Query;
import dev.gearshift.prometheus.TextAnswers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MutatedAnswersTest {

    private static final int CASES = 60_000;
    private static final String[] SPLICES = {
        "NaN",
        "-1",
        "+Inf",
        "-Inf",
        "1e308",
        "9e15",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\",
        "\0",
        "null",
        "0x1",
        "1e-320",
        "\"value\":[1,\"5\"]",
        "\"metric\":{}",
        "\"le\":\"+Inf\"",
        "\"le\":\"0.01\"",
        "success",
        "l4",
        "é",
        "-0",
        "true"
    };

    private static final Windows WINDOWS = Windows.scrapedEvery(Duration.ofSeconds(15));
    private static final ModelKey CHAT = new ModelKey("team", "chat");
    private static final List<Target> TARGETS =
            List.of(new Target(CHAT, new TierName("l4"), "a", true), new Target(CHAT, new TierName("l4"), "b", true));

    @Test
    void noMutatedAnswerMakesAnythingThrowOrYieldsAnAbsurdValue() {
        Random random = new Random(44);
        Directory directory = new Directory(TargetLabels.DEFAULT, TARGETS);
        FleetQueries queries = FleetQueries.of(
                List.of(VllmDialect.DIALECT),
                TargetLabels.DEFAULT,
                WINDOWS,
                directory,
                new TreeSet<>(),
                EnumSet.allOf(Distribution.class));
        int whole = 0;
        for (int i = 0; i < CASES; i++) {
            Map<Query<?>, String> texts = texts(random, queries);
            Query<?> victim = queries.all().get(random.nextInt(queries.all().size()));
            texts.merge(victim, "", (text, none) -> Mutation.of(random, text, SPLICES));
            Round round = TextAnswers.round(queries.all(), query -> texts.getOrDefault(query, ""));
            if (queries.essential().stream()
                    .allMatch(query -> round.of(query).given().isPresent())) {
                whole++;
                Plausible.check(new FleetReading(queries, round, directory, WINDOWS, pod -> false).of(CHAT, TARGETS));
            }
        }
        assertThat(whole).isBetween(CASES / 3, CASES - 1);
    }

    private static Map<Query<?>, String> texts(Random random, FleetQueries queries) {
        CannedAnswers figures = new CannedAnswers()
                .pod("a", random.nextInt(60), random.nextInt(50), random.nextInt(20))
                .pod("b", random.nextInt(60), random.nextInt(50), random.nextInt(20))
                .tier(random.nextInt(61), 5 * random.nextDouble(), random.nextInt(40) - 20);
        Map<Query<?>, String> texts = new HashMap<>();
        queries.essential().forEach(query -> texts.put(query, figures.text(query.promql())));
        for (Distribution kind : queries.histograms().keySet()) {
            Query<?> query = queries.histograms().get(kind);
            if (query != null) {
                texts.put(query, histogram(random));
            }
        }
        queries.cache().ifPresent(query -> texts.put(query, FakePrometheus.vector()));
        return texts;
    }

    private static String histogram(Random random) {
        List<String> elements = new ArrayList<>();
        double count = 0;
        double sum = 0;
        for (String bound : List.of("0.1", "0.5", "1.0", "2.5", "+Inf")) {
            double inside = random.nextInt(30);
            count += inside;
            sum += inside * random.nextDouble();
            elements.add(CannedAnswers.element(List.of("le", bound), count));
        }
        elements.add(CannedAnswers.element(List.of(), sum));
        return FakePrometheus.vector(elements.toArray(String[]::new));
    }
}
