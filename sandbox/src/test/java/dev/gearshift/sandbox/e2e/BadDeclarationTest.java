package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.sandbox.traffic.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of declarations with a mistake, and of a good model next to them. */
class BadDeclarationTest {

    private static final String DRAFT = "draft";
    private static final Duration WHILE = Duration.ofMinutes(1);

    private static Fleet fleet;
    private static Traffic traffic;

    /**
     * A mistake.
     *
     * @param what what is wrong
     * @param made how the quickstart's model is spoilt
     * @param schema what the cluster must say when it refuses it; empty when the schema cannot see it
     * @param reason the reason of condition {@code Ready} where no schema is enforced
     * @param told what its message must say: the field, what is wrong and what to write
     */
    private record Mistake(
            String what, UnaryOperator<Manifest> made, List<String> schema, String reason, List<String> told) {

        Manifest draft() {
            return made.apply(Fleet.chat().named(DRAFT));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(
                        "only a tier that does not exist",
                        model -> model.with("spec.tiers", List.of(Map.of("name", "l5"))),
                        List.of(),
                        "TierMissing",
                        List.of(
                                "spec.tiers[0].name is \"l5\", but there is no HardwareTier of that name",
                                "there are h100, l4, l4-spot")),
                new Mistake(
                        "only tiers outside the regions",
                        model -> model.with("spec.placement.regions", List.of("europe-west4")),
                        List.of(),
                        "TierMissing",
                        List.of(
                                "spec.tiers[0].name is \"l4-spot\", which is in us-central1, not in"
                                        + " spec.placement.regions [europe-west4]",
                                "add the region to spec.placement.regions")),
                new Mistake(
                        "no container named engine",
                        model -> model.with("spec.template.spec.containers[0].name", "server"),
                        List.of("spec.template.spec.containers", "name the container that serves the model so"),
                        "InvalidSpec",
                        List.of(
                                "spec.template.spec.containers has no container named engine, only server",
                                "name the container that serves the model: engine")),
                new Mistake(
                        "minReplicas above maxReplicas",
                        model -> model.with("spec.scaling.minReplicas", 21),
                        List.of("spec.scaling", "lower minReplicas or raise maxReplicas"),
                        "InvalidSpec",
                        List.of(
                                "spec.scaling.minReplicas is 21, above maxReplicas, which is 20",
                                "lower minReplicas or raise maxReplicas")),
                new Mistake(
                        "no replica and nobody who tells of demand",
                        model -> model.with("spec.scaling.minReplicas", 0),
                        List.of("spec.scaling", "write demandAtZero: {source: Gateway}"),
                        "InvalidSpec",
                        List.of(
                                "spec.scaling.minReplicas is 0, and nobody would tell of demand then",
                                "write demandAtZero: {source: Gateway}")),
                new Mistake(
                        "a source of demand that is a query without a query",
                        model -> model.with("spec.scaling.minReplicas", 0)
                                .with("spec.scaling.demandAtZero", Map.of("source", "Query")),
                        List.of("spec.scaling.demandAtZero", "give query with source Query, and only with it"),
                        "InvalidSpec",
                        List.of("spec.scaling.demandAtZero.query is missing")),
                new Mistake(
                        "a target of no time at all",
                        model -> model.with("spec.slo.latency.timeToFirstToken.target", "0ms"),
                        List.of("spec.slo.latency.timeToFirstToken.target", "such as 500ms"),
                        "InvalidSpec",
                        List.of("spec.slo.latency.timeToFirstToken.target is \"0ms\"", "such as 500ms")),
                new Mistake(
                        "a negative limit on cost",
                        model -> model.with("spec.slo.cost.maxPerHour", "-1"),
                        List.of("spec.slo.cost.maxPerHour", "should match '^[0-9]"),
                        "InvalidSpec",
                        List.of(
                                "spec.slo.cost.maxPerHour is \"-1\", which is no amount of dollars",
                                "a decimal number that is not negative, such as \"0.80\"")),
                new Mistake(
                        "a duration in words",
                        model -> model.with("spec.drain.gracePeriod", "5 minutes"),
                        List.of("spec.drain.gracePeriod", "should match '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$'"),
                        "InvalidSpec",
                        List.of(
                                "spec.drain.gracePeriod is \"5 minutes\", which is no duration",
                                "write such as 500ms, 2m or 1h30m")),
                new Mistake(
                        "an empty list of tiers",
                        model -> model.with("spec.tiers", List.of()),
                        List.of("spec.tiers", "should have at least 1 items"),
                        "InvalidSpec",
                        List.of("spec.tiers is missing", "name at least one HardwareTier, such as [{name: l4}]")),
                new Mistake(
                        "no tiers",
                        model -> model.without("spec.tiers"),
                        List.of("spec.tiers: Required value"),
                        "InvalidSpec",
                        List.of("spec.tiers is missing", "name at least one HardwareTier, such as [{name: l4}]")),
                new Mistake(
                        "percentile 195",
                        model -> model.with("spec.slo.latency.timeToFirstToken.percentile", 195),
                        List.of(
                                "spec.slo.latency.timeToFirstToken.percentile",
                                "should be less than or equal to 99.99"),
                        "InvalidSpec",
                        List.of(
                                "spec.slo.latency.timeToFirstToken.percentile is 195",
                                "write a percentile from 50 to 99.99")),
                new Mistake(
                        "a latency the engine does not show",
                        model -> model.with("spec.engine.type", "TGI"),
                        List.of("does not show time to first token", "write engine.latencyFrom: Gateway"),
                        "InvalidSpec",
                        List.of(
                                "spec.slo.latency.timeToFirstToken is not measured: TGI does not show time to first token",
                                "leave it out, or write spec.engine.latencyFrom: Gateway")),
                new Mistake(
                        "a custom engine without names for its metrics",
                        model -> model.with("spec.engine.type", "Custom"),
                        List.of("spec.engine", "metrics is for type Custom, and required there"),
                        "InvalidSpec",
                        List.of("spec.engine.metrics is missing", "at least running, waiting and completed")),
                new Mistake(
                        "accelerators in the template",
                        model -> model.with(
                                "spec.template.spec.containers[0].resources.limits", Map.of("nvidia.com/gpu", 1)),
                        List.of("spec.template.spec.containers", "say how many in tiers[].acceleratorsPerReplica"),
                        "InvalidSpec",
                        List.of(
                                "spec.template.spec.containers[0].resources.limits asks for nvidia.com/gpu: 1",
                                "remove it and say how many in spec.tiers[].acceleratorsPerReplica")));
    }

    private static Stream<Mistake> mistakesASchemaSees() {
        return mistakes().filter(mistake -> !mistake.schema().isEmpty());
    }

    private static Stream<Mistake> mistakesNoSchemaSees() {
        return mistakes().filter(mistake -> mistake.schema().isEmpty());
    }

    @BeforeAll
    static void serveANeighbour() {
        fleet = Fleet.serving();
        traffic = fleet.play(Fleet.CHAT, 0.2, Duration.ofHours(3));
    }

    @AfterEach
    void theNeighbourWasServedAllTheWhile() {
        long served = traffic.account().served();
        fleet.model(DRAFT).delete();
        fleet.pass(WHILE);
        assertThat(traffic.account().failed()).isZero();
        assertThat(traffic.account().served()).isGreaterThan(served);
        assertThat(fleet.condition(Fleet.CHAT, "Ready").orElseThrow().getStatus())
                .isEqualTo("True");
    }

    @AfterAll
    static void close() {
        fleet.close();
    }

    @ParameterizedTest
    @MethodSource("mistakesASchemaSees")
    void isRefusedByTheSchema(Mistake mistake) {
        assertThat(fleet.refusal(mistake.draft())).contains(mistake.schema());
        assertThat(fleet.model(DRAFT).get()).isNull();
    }

    @ParameterizedTest
    @MethodSource("mistakesNoSchemaSees")
    void isToldInAConditionWhereNoSchemaCanSeeIt(Mistake mistake) {
        fleet.apply(mistake.draft());
        isTold(mistake);
    }

    @ParameterizedTest
    @MethodSource("mistakesASchemaSees")
    void isToldInAConditionWhereNoSchemaIsEnforced(Mistake mistake) {
        fleet.sandbox().server().store().putUnvalidated(mistake.draft().json());
        isTold(mistake);
    }

    private static void isTold(Mistake mistake) {
        fleet.settle();
        assertThat(fleet.condition(DRAFT, "Ready")).hasValueSatisfying(ready -> {
            assertThat(ready.getStatus()).isEqualTo("False");
            assertThat(ready.getReason()).isEqualTo(mistake.reason());
            assertThat(ready.getMessage()).contains(mistake.told());
        });
        fleet.pass(WHILE);
        assertThat(fleet.owned(DRAFT)).isEmpty();
    }

    @Test
    void aTierThatDoesNotExistIsToldOfWhileTheOthersServe() {
        fleet.apply(Fleet.chat().named(DRAFT).with("spec.tiers[1].name", "l5"));
        fleet.until(DRAFT, "Ready", "Ready");
        assertThat(fleet.condition(DRAFT, "Ready")).hasValueSatisfying(ready -> {
            assertThat(ready.getStatus()).isEqualTo("True");
            assertThat(ready.getMessage())
                    .contains("not used: spec.tiers[1].name is \"l5\", but there is no HardwareTier of that name");
        });
    }

    @Test
    void aMistakeInAModelThatServesLeavesItServingAndCorrectingItCures() {
        fleet.apply(Fleet.chat().named(DRAFT));
        fleet.untilReady(DRAFT, 1);
        List<String> owned = fleet.owned(DRAFT);
        fleet.apply(Fleet.chat().named(DRAFT).with("spec.placement.regions", List.of("europe-west4")));
        fleet.until(DRAFT, "Ready", "TierMissing");
        fleet.pass(Duration.ofMinutes(10));
        assertThat(fleet.owned(DRAFT)).isEqualTo(owned);
        assertThat(fleet.ordered(DRAFT)).containsEntry("l4-spot", 1);
        fleet.apply(Fleet.chat().named(DRAFT));
        fleet.until(DRAFT, "Ready", "Ready");
        assertThat(fleet.owned(DRAFT)).isEqualTo(owned);
    }
}
