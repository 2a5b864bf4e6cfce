package dev.gearshift.metrics.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.core.model.DeclaredEngine;
import dev.gearshift.core.model.EngineMetricNames;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencySource;
import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.kubernetes.mapping.EngineFacts;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DialectsTest {

    private static final EngineMetricNames NAMES = new EngineMetricNames(
            "my_running",
            "my_waiting",
            "my_done_total",
            Optional.of("my_failed_total"),
            Optional.empty(),
            Optional.of("my_tokens_total"),
            Optional.of("my_ttft_seconds"),
            Optional.empty(),
            Optional.of("my_latency_seconds"),
            Optional.empty(),
            Optional.empty(),
            Optional.of("my_kv_tokens"));

    private static SortedSet<LatencyObjective> shown(EngineDialect dialect) {
        SortedSet<LatencyObjective> shown = new TreeSet<>();
        for (LatencyObjective objective : LatencyObjective.values()) {
            if (!dialect.histogram(distribution(objective)).isEmpty()) {
                shown.add(objective);
            }
        }
        return shown;
    }

    private static Distribution distribution(LatencyObjective objective) {
        return switch (objective) {
            case TIME_TO_FIRST_TOKEN -> Distribution.TIME_TO_FIRST_TOKEN;
            case TIME_PER_OUTPUT_TOKEN -> Distribution.TIME_PER_OUTPUT_TOKEN;
            case END_TO_END -> Distribution.END_TO_END;
        };
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CUSTOM")
    void anEngineMeasuresWhatItsDialectNames(ServingEngine engine) {
        EngineDialect dialect = Dialects.of(engine);
        assertThat(dialect.engine()).isEqualTo(engine);
        assertThat(shown(dialect)).isEqualTo(engine.measures());
        assertThat(dialect.gauge(Gauge.RUNNING)).isNotEmpty();
        assertThat(dialect.gauge(Gauge.WAITING)).isNotEmpty();
        assertThat(dialect.counter(Counter.GENERATION_TOKENS)).isNotEmpty();
        assertThat(dialect.counter(Counter.COMPLETED))
                .isNotEmpty()
                .allMatch(name -> (name.worth() == 1) == engine.countsRequests());
    }

    /** What {@code parts} leaves out, a query for Prometheus would not add up. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CUSTOM")
    void labelsByWhichSeriesAreChosenDoNotHideThatTheyDiffer(ServingEngine engine) {
        EngineDialect dialect = Dialects.of(engine);
        List<String> chosenAmongSeveral = Stream.of(dialect.gauges(), dialect.counters(), dialect.histograms())
                .flatMap(names -> names.values().stream())
                .flatMap(List::stream)
                .flatMap(name -> name.where().stream())
                .filter(match -> !match.among() || match.values().size() > 1)
                .map(LabelMatch::label)
                .distinct()
                .toList();
        assertThat(dialect.parts()).containsAll(chosenAmongSeveral);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CUSTOM")
    void theHookThatWaitsForRequestsLooksAtTheGaugesOfTheDialect(ServingEngine engine) {
        EngineDialect dialect = Dialects.of(engine);
        // Python takes a brace that begins no repetition as it is, Java does not.
        Pattern load =
                Pattern.compile(EngineFacts.of(engine).load().orElseThrow().replace("{", "\\{"));
        for (Gauge gauge : List.of(Gauge.RUNNING, Gauge.WAITING)) {
            assertThat(dialect.gauge(gauge))
                    .allSatisfy(name -> assertThat(name.name() + labels(name)).matches(load));
        }
        for (MetricName other : dialect.counter(Counter.COMPLETED)) {
            assertThat(other.name() + labels(other)).doesNotMatch(load);
        }
    }

    /** Labels as an engine might write them. */
    private static String labels(MetricName name) {
        StringBuilder labels = new StringBuilder();
        for (LabelMatch match : name.where()) {
            if (match.among() && !match.values().first().isEmpty()) {
                labels.append(match.label())
                        .append("=\"")
                        .append(match.values().first())
                        .append("\",");
            }
        }
        return labels.isEmpty() ? "" : "{" + labels + "version=\"1\"}";
    }

    @Test
    void aCustomEngineIsReadByTheNamesOfItsDeclaration() {
        DeclaredEngine engine = new DeclaredEngine(ServingEngine.CUSTOM, LatencySource.ENGINE, Optional.of(NAMES));
        EngineDialect dialect = Dialects.of(engine);
        assertThat(dialect.gauge(Gauge.RUNNING)).containsExactly(MetricName.of("my_running"));
        assertThat(dialect.gauge(Gauge.KV_TOKENS)).containsExactly(MetricName.of("my_kv_tokens"));
        assertThat(dialect.counter(Counter.ABORTED)).containsExactly(MetricName.of("my_failed_total"));
        assertThat(dialect.counter(Counter.PROMPT_TOKENS)).isEmpty();
        assertThat(shown(dialect))
                .isEqualTo(engine.measures())
                .containsExactly(LatencyObjective.TIME_TO_FIRST_TOKEN, LatencyObjective.END_TO_END);
    }

    @Test
    void namesOfMetricsBelongToCustomEnginesOnly() {
        assertThatThrownBy(() -> new DeclaredEngine(ServingEngine.CUSTOM, LatencySource.ENGINE, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeclaredEngine(ServingEngine.TGI, LatencySource.ENGINE, Optional.of(NAMES)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Dialects.of(ServingEngine.CUSTOM)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEngineNobodyKnowsShowsNothing() {
        DialectReading reading = Dialects.UNKNOWN.read(Optional.empty());
        reading.accept(new Series("vllm:num_requests_running", new TreeMap<>(), 3));
        assertThat(reading.sample().running()).isEmpty();
        assertThat(reading.sample().showsLoad()).isFalse();
    }
}
