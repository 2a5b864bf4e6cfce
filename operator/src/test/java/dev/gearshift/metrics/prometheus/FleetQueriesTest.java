package dev.gearshift.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.metrics.Windows;
import dev.gearshift.metrics.engine.EngineDialect;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;
import dev.gearshift.metrics.engine.MetricName;
import dev.gearshift.metrics.engine.VllmDialect;
import dev.gearshift.prometheus.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FleetQueriesTest {

    /** Milliseconds, a token count only as lengths, no requests given up. */
    private static final EngineDialect ODD = EngineDialect.of(ServingEngine.CUSTOM)
            .gauge(Gauge.RUNNING, MetricName.of("odd_running"))
            .gauge(Gauge.WAITING, MetricName.of("odd_waiting"))
            .counter(Counter.COMPLETED, MetricName.of("odd_done_total"))
            .histogram(
                    Distribution.TIME_TO_FIRST_TOKEN,
                    MetricName.of("odd_ttft_ms").worth(.001))
            .histogram(Distribution.PROMPT_LENGTH, MetricName.of("odd_prompt"))
            .build();

    private static FleetQueries queries(List<EngineDialect> dialects, int models, TargetLabels labels, String... bare) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < models; i++) {
            targets.add(new Target(new ModelKey("team", "chat-" + i), new TierName("l4"), "pod-" + i, true));
        }
        return FleetQueries.of(
                dialects,
                labels,
                Windows.scrapedEvery(Duration.ofSeconds(15)),
                new Directory(labels, targets),
                new TreeSet<>(List.of(bare)),
                EnumSet.allOf(Distribution.class));
    }

    private static List<String> texts(FleetQueries queries) {
        return queries.all().stream().map(Query::promql).toList();
    }

    @Test
    void theQueriesAreTheSameForOneModelAndForThousands() {
        List<EngineDialect> engines = List.of(VllmDialect.DIALECT, ODD);
        List<String> one = texts(queries(engines, 1, TargetLabels.DEFAULT));
        assertThat(one).hasSizeLessThanOrEqualTo(11).isEqualTo(texts(queries(engines, 2000, TargetLabels.DEFAULT)));
        assertThat(one).noneMatch(text -> text.contains("chat-") || text.contains("pod-"));
    }

    @Test
    void aPodScrapedTwiceCountsOnceAndItsRanksAddUp() {
        assertThat(queries(List.of(ODD), 1, TargetLabels.DEFAULT).load().promql())
                .startsWith("label_replace((sum by (namespace, gearshift_dev_model_deployment, gearshift_dev_tier, pod)"
                        + " (max without (container, endpoint, instance, job, prometheus, prometheus_replica, service)"
                        + " (last_over_time(odd_running{");
        assertThat(queries(List.of(VllmDialect.DIALECT), 1, TargetLabels.DEFAULT)
                        .load()
                        .promql())
                .contains("pod, engine, finished_reason, model_name) (last_over_time(vllm:num_requests_running{");
    }

    @Test
    void ofSeveralNamesAPodsFirstCounts() {
        FleetQueries queries = queries(List.of(VllmDialect.DIALECT), 1, TargetLabels.DEFAULT);
        Query<?> query = queries.histograms().get(Distribution.TIME_PER_OUTPUT_TOKEN);
        assertThat(query).isNotNull();
        assertThat(query.promql())
                .containsSubsequence(
                        "(increase(vllm:request_time_per_output_token_seconds_bucket{",
                        ") or on (namespace, gearshift_dev_model_deployment, gearshift_dev_tier, pod) max by (",
                        "(increase(vllm:inter_token_latency_seconds_bucket{");
    }

    @Test
    void unitsAndMissingCountersAreMadeUpFor() {
        FleetQueries queries = queries(List.of(ODD), 1, TargetLabels.DEFAULT);
        assertThat(queries.tokens().promql()).contains("rate(odd_prompt_sum{").doesNotContain("GENERATION_RATE");
        assertThat(queries.requests().promql()).doesNotContain("ABORTION_RATE").doesNotContain("FAILURE_RATE");
        Query<?> query = queries.histograms().get(Distribution.TIME_TO_FIRST_TOKEN);
        assertThat(query).isNotNull();
        assertThat(query.promql()).contains("\"gearshift_worth\", \"0.001\"");
        assertThat(queries.cache()).isEmpty();
    }

    @Test
    void podsWithoutLabelsAreAskedForByNameInTheirNamespacesOnly() {
        assertThat(texts(queries(List.of(ODD), 1, TargetLabels.DEFAULT))).noneMatch(text -> text.contains("tier=\"\""));
        assertThat(texts(queries(List.of(ODD), 1, TargetLabels.DEFAULT, "a", "b.c")))
                .filteredOn(text -> !text.equals("vector(0) > 0"))
                .allMatch(text -> text.contains("gearshift_dev_tier=\"\",namespace=~\"a|b\\\\.c\""));
    }

    @Test
    void aValueOfTheUsersCannotChangeAQuery() {
        TargetLabels labels = TargetLabels.DEFAULT.only(new TreeMap<>(Map.of("cluster", "x\"} or vector(1) #\n")));
        assertThat(texts(queries(List.of(ODD), 1, labels)))
                .filteredOn(text -> !text.equals("vector(0) > 0"))
                .allMatch(text -> text.contains("cluster=\"x\\\"} or vector(1) #\\n\""));
        assertThatThrownBy(() -> TargetLabels.DEFAULT.only(new TreeMap<>(Map.of("a=\"\"} or x{b", ""))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MetricName.of("up} or x")).isInstanceOf(IllegalArgumentException.class);
    }
}
