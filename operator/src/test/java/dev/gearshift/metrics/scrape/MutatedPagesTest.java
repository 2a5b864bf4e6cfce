package dev.gearshift.metrics.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.metrics.Mutation;
import dev.gearshift.metrics.Plausible;
import dev.gearshift.metrics.engine.DialectReading;
import dev.gearshift.metrics.engine.Dialects;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
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
            for (int round = 0; round < 50_000; round++) {
                engine.complete(random.nextInt(20), .2 * random.nextDouble());
                engine.running = random.nextInt(50);
                engine.waiting = random.nextInt(50);
                fleet.pages.put("a", Mutation.of(random, engine.page(), SPLICES));
                fleet.pages.put("b", engine.page());
                ScrapeReport report = fleet.tick();
                used += report.missed().containsKey("team/a") ? 0 : 1;
                if (round % 10 == 0) {
                    Plausible.check(fleet.observe());
                }
            }
        }
        assertThat(used).isBetween(25_000, 49_999);
    }

    @Test
    void noMutatedPageOfAnyEngineMakesAnythingThrow() throws IOException {
        Random random = new Random(43);
        int shown = 0;
        for (ServingEngine engine : ServingEngine.values()) {
            if (engine == ServingEngine.CUSTOM) {
                continue;
            }
            String page = EnginePages.of(engine);
            for (int round = 0; round < 1_500; round++) {
                DialectReading reading = Dialects.of(engine).read(Optional.empty());
                byte[] mutated = Mutation.of(random, page, SPLICES).getBytes(StandardCharsets.UTF_8);
                ExpositionParser.parse(new ByteArrayInputStream(mutated), reading::accept);
                shown += reading.sample().showsLoad() ? 1 : 0;
            }
        }
        assertThat(shown).isBetween(6_000, 11_999);
    }
}
