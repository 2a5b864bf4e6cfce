package dev.gearshift.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.kubernetes.mapping.Words;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecisionMetersTest {

    private static final String CHAT = "model_deployment=\"chat\",namespace=\"team\"";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final DecisionMeters meters = new DecisionMeters(registry);

    @Test
    void aDecisionIsShownInFull() {
        publish(Decisions.of("chat").made());

        assertThat(series())
                .contains(
                        "gearshift_replicas{" + CHAT + ",state=\"desired\",tier=\"l4\"} 5.0",
                        "gearshift_replicas{" + CHAT + ",state=\"ready\",tier=\"l4\"} 4.0",
                        "gearshift_replicas{" + CHAT + ",state=\"starting\",tier=\"l4\"} 3.0",
                        "gearshift_replicas{" + CHAT + ",state=\"draining\",tier=\"l4\"} 2.0",
                        "gearshift_replicas{" + CHAT + ",state=\"failing\",tier=\"l4\"} 1.0",
                        "gearshift_cost_dollars_per_hour{" + CHAT + "} 3.55",
                        "gearshift_demand_requests_per_second{kind=\"observed\"," + CHAT + "} 2.5",
                        "gearshift_demand_requests_per_second{kind=\"forecast\"," + CHAT + "} 3.25",
                        "gearshift_demand_requests_per_second{kind=\"provisioned\"," + CHAT + "} 4.0",
                        "gearshift_slo_attainment_ratio{bound=\"low\"," + CHAT + ",objective=\"TimeToFirstToken\"} 0.5",
                        "gearshift_slo_attainment_ratio{bound=\"high\"," + CHAT
                                + ",objective=\"TimeToFirstToken\"} 0.75",
                        "gearshift_slo_error_budget_remaining_ratio{" + CHAT + ",objective=\"TimeToFirstToken\"} -0.25",
                        "gearshift_metrics_age_seconds{" + CHAT + "} 4.5",
                        "gearshift_metrics_fresh{" + CHAT + "} 1.0",
                        "gearshift_tier_benched{tier=\"l4\"} 0.0",
                        "gearshift_models_without_series 0.0");
    }

    @Test
    void whatIsNotKnownHasNoSeries() {
        publish(Decisions.of("chat").made());
        publish(Decisions.of("chat").metrics(Freshness.ABSENT).nothingSeen().made());

        assertThat(series())
                .contains("gearshift_metrics_fresh{" + CHAT + "} 0.0")
                .anyMatch(line -> line.contains("kind=\"forecast\""))
                .noneMatch(line -> line.contains("kind=\"observed\""))
                .noneMatch(line -> line.startsWith("gearshift_metrics_age_seconds"))
                .noneMatch(line -> line.startsWith("gearshift_slo_"));
    }

    @Test
    void oldMetricsAreNotFreshButStillShown() {
        publish(Decisions.of("chat").metrics(Freshness.STALE).made());

        assertThat(series())
                .contains(
                        "gearshift_metrics_fresh{" + CHAT + "} 0.0",
                        "gearshift_demand_requests_per_second{kind=\"observed\"," + CHAT + "} 2.5");
    }

    @Test
    void theSeriesOfAModelGoWithIt() {
        publish(Decisions.of("chat").made(), Decisions.of("code").on("h100").made());
        assertThat(series()).anyMatch(line -> line.contains("\"code\""));

        publish(Decisions.of("chat").made());

        assertThat(series())
                .anyMatch(line -> line.contains("\"chat\""))
                .noneMatch(line -> line.contains("\"code\"") || line.contains("\"h100\""));

        publish();

        assertThat(series()).noneMatch(line -> line.contains("namespace=") || line.contains("tier="));
    }

    @Test
    void theSeriesOfATierGoWhenTheModelLeavesIt() {
        publish(Decisions.of("chat").on("l4").made());
        publish(Decisions.of("chat").on("h100").made());

        assertThat(series())
                .contains("gearshift_replicas{" + CHAT + ",state=\"ready\",tier=\"h100\"} 4.0")
                .noneMatch(line -> line.contains("\"l4\""));
    }

    @Test
    void aReasonCountsWhenItIsNewAndNotAgainWhileItLasts() {
        publish(Decisions.of("chat").because(ReasonKind.DEMAND_ROSE).made());
        publish(Decisions.of("chat")
                .because(ReasonKind.DEMAND_ROSE, ReasonKind.DRAINING)
                .made());
        assertThat(decisions(ReasonKind.DEMAND_ROSE)).isEqualTo(1);
        assertThat(decisions(ReasonKind.DRAINING)).isZero();

        publish(Decisions.of("chat").because(ReasonKind.STEADY).made());
        publish(Decisions.of("chat").because(ReasonKind.DEMAND_ROSE).made());
        assertThat(decisions(ReasonKind.STEADY)).isEqualTo(1);
        assertThat(decisions(ReasonKind.DEMAND_ROSE)).isEqualTo(2);
    }

    @Test
    void theNewsOfEachModelCount() {
        publish(Decisions.of("chat").made(), Decisions.of("code").made());
        assertThat(decisions(ReasonKind.STEADY)).isEqualTo(2);

        publish(Decisions.of("chat").made());
        publish(Decisions.of("chat").made(), Decisions.of("code").made());
        assertThat(decisions(ReasonKind.STEADY))
                .as("a model that comes back is new")
                .isEqualTo(3);
    }

    @Test
    void everyKindOfReasonIsThereAtZeroUnderTheWordThatStatusHasForIt() {
        assertThat(series())
                .containsAll(List.of(ReasonKind.values()).stream()
                        .map(kind -> "gearshift_decisions_total{reason=\"%s\"} 0.0".formatted(Words.REASONS.of(kind)))
                        .toList());
        for (LatencyObjective objective : LatencyObjective.values()) {
            assertThat(ModelRows.word(objective)).isEqualTo(Words.OBJECTIVES.of(objective));
        }
    }

    @Test
    void aTierIsBenchedWhileAnyModelDoesNotAskIt() {
        publish(
                Decisions.of("chat").benchedUntil(Decisions.NOW.plusSeconds(1)).made(),
                Decisions.of("code").made());
        assertThat(series()).contains("gearshift_tier_benched{tier=\"l4\"} 1.0");

        publish(Decisions.of("chat").benchedUntil(Decisions.NOW).made());
        assertThat(series()).contains("gearshift_tier_benched{tier=\"l4\"} 0.0");
    }

    @Test
    void modelsBeyondTheCapAreCountedAndThoseThatCameFirstKeepTheirSeries() {
        DecisionMeters capped = new DecisionMeters(registry, 2);
        capped.publish(Decisions.outcome(made("m"), made("n")), Decisions.NOW);
        capped.publish(Decisions.outcome(made("a"), made("b"), made("m"), made("n")), Decisions.NOW);

        assertThat(series())
                .contains("gearshift_models_without_series 2.0")
                .anyMatch(line -> line.contains("\"m\""))
                .anyMatch(line -> line.contains("\"n\""))
                .noneMatch(line -> line.contains("\"a\"") || line.contains("\"b\""));
        assertThat(decisions(ReasonKind.STEADY)).as("news of all models").isEqualTo(4);

        capped.publish(Decisions.outcome(made("a"), made("b"), made("n")), Decisions.NOW);

        assertThat(series())
                .contains("gearshift_models_without_series 1.0")
                .anyMatch(line -> line.contains("\"a\""))
                .noneMatch(line -> line.contains("\"b\"") || line.contains("\"m\""));
    }

    private static Decision made(String name) {
        return Decisions.of(name).made();
    }

    private void publish(Decision... decisions) {
        meters.publish(Decisions.outcome(decisions), Decisions.NOW);
    }

    private double decisions(ReasonKind kind) {
        return registry.get("gearshift.decisions")
                .tag("reason", Words.REASONS.of(kind))
                .counter()
                .count();
    }

    private List<String> series() {
        return registry.scrape().lines().filter(line -> !line.startsWith("#")).toList();
    }
}
