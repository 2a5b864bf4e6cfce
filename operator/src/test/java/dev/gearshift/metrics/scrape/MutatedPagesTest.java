package dev.gearshift.metrics.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.TierLoad;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MutatedPagesTest {

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
        "\n",
        "\\",
        " ",
        "\0",
        "le=\"+Inf\"",
        "# EOF\n",
        "é",
        "1e-320",
        "vllm:",
        "_bucket",
        "_sum",
        "-0",
        "="
    };

    @Test
    void noMutatedPageMakesAnythingThrowOrYieldsAnAbsurdValue() {
        Random random = new Random(42);
        FakeEngine engine = new FakeEngine();
        int used = 0;
        try (Fleet fleet = new Fleet()) {
            fleet.ready("a", "b");
            for (int round = 0; round < 20_000; round++) {
                engine.complete(random.nextInt(20), .2 * random.nextDouble());
                engine.running = random.nextInt(50);
                engine.waiting = random.nextInt(50);
                fleet.pages.put("a", mutated(random, engine.page()));
                fleet.pages.put("b", engine.page());
                ScrapeReport report = fleet.tick();
                used += report.missed().containsKey("team/a") ? 0 : 1;
                if (round % 10 == 0) {
                    check(fleet.observe());
                }
            }
        }
        assertThat(used).isBetween(10_000, 19_999);
    }

    private static String mutated(Random random, String page) {
        StringBuilder text = new StringBuilder(page);
        int mutations = 1 + random.nextInt(4);
        for (int i = 0; i < mutations && text.length() > 2; i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 12));
            String splice = SPLICES[random.nextInt(SPLICES.length)];
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, splice);
                case 2 -> text.replace(at, end, splice);
                case 3 -> text.insert(at, text.substring(at, end));
                default -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
            }
        }
        return text.toString();
    }

    private static void check(ModelObservation observation) {
        for (TierLoad load : observation.tiers()) {
            assertThat(List.of(
                            load.offered().perSecond(),
                            load.completed().perSecond(),
                            load.input().perSecond(),
                            load.output().perSecond(),
                            load.running(),
                            load.waiting()))
                    .allMatch(value -> value >= 0 && value < 1e18);
            Stream.of(
                            load.timeToFirstToken(),
                            load.timePerOutputToken(),
                            load.endToEnd(),
                            load.promptTokens(),
                            load.generationTokens())
                    .flatMap(Optional::stream)
                    .forEach(MutatedPagesTest::check);
        }
        observation.pods().values().forEach(pod -> assertThat(pod.completed()).isBetween(0.0, 1e20));
    }

    private static void check(Histogram histogram) {
        assertThat(histogram.count()).isBetween(0.0, 1e18);
        assertThat(histogram.sum()).isBetween(0.0, 1e18);
    }
}
