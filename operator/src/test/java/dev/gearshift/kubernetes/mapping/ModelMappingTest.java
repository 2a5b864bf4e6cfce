package dev.gearshift.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.DemandSource;
import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelProfile;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Precedence;
import dev.gearshift.core.model.Precision;
import dev.gearshift.core.model.QueryText;
import dev.gearshift.core.model.ScaleToZero;
import dev.gearshift.core.model.ScalingMode;
import dev.gearshift.core.model.ScalingPolicy;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelMappingTest {

    private static final TierName L4 = new TierName("l4");
    private static final TierName SPOT = new TierName("l4-spot");

    @Test
    void everythingDeclaredArrives() {
        MappedModel.Usable mapped = usable(Declarations.model());
        ModelSpec spec = mapped.spec();
        assertThat(mapped.problems()).isEmpty();
        assertThat(spec.key()).isEqualTo(new ModelKey("assistants", "chat"));
        assertThat(spec.generation()).isEqualTo(7);
        assertThat(spec.objectives().latency())
                .containsExactly(
                        new LatencyTarget(LatencyObjective.TIME_TO_FIRST_TOKEN, new Seconds(1), new Percentile(99.5)),
                        new LatencyTarget(
                                LatencyObjective.TIME_PER_OUTPUT_TOKEN, new Seconds(0.1), new Percentile(95)));
        assertThat(spec.objectives().window()).isEqualTo(Duration.ofDays(7));
        assertThat(spec.objectives().maxPerHour()).contains(HourlyCost.ofDollars("12.50"));
        assertThat(spec.objectives().precedence()).isEqualTo(Precedence.COST);
        assertThat(spec.scaling())
                .isEqualTo(new ScalingPolicy(ScalingMode.RECOMMEND, 2, 9, OptionalInt.empty(), Duration.ofMinutes(5)));
        assertThat(spec.drainGrace()).isEqualTo(Duration.ofSeconds(90));
        assertThat(spec.tiers()).extracting(TierOption::name).containsExactly(L4, SPOT);
        assertThat(spec.tier(L4).orElseThrow().limits()).isEqualTo(new EngineLimits(64, 4096));
        assertThat(spec.tier(SPOT).orElseThrow().limits()).isEqualTo(new EngineLimits(64, 2048));
        assertThat(spec.tier(L4).orElseThrow().measured())
                .contains(new StepCoefficients(
                        Seconds.ofMillis(40), Seconds.ofMillis(0.2), Seconds.ofMillis(0.0005), Seconds.ofMillis(0.13)));
        assertThat(spec.tier(SPOT).orElseThrow().profile())
                .isEqualTo(new ModelProfile(
                        "meta-llama/Llama-3.1-8B-Instruct", 8.03, 8.03, Precision.FP8, new Bytes(131_072)));
        DeploymentBlueprint blueprint = mapped.blueprint();
        assertThat(blueprint.engine().port()).isEqualTo(8001);
        assertThat(blueprint.engine().metricsPath()).isEqualTo("/m");
        assertThat(blueprint.servicePort()).isEqualTo(8080);
        assertThat(blueprint.missing()).isEmpty();
        assertThat(blueprint.tiers().get(L4)).isNotNull().satisfies(onTier -> {
            assertThat(onTier.args()).containsExactly("--max-num-batched-tokens=4096");
            assertThat(onTier.env())
                    .singleElement()
                    .satisfies(variable -> assertThat(variable.getValue()).isEqualTo("b"));
            assertThat(onTier.acceleratorResource()).isEqualTo("nvidia.com/gpu");
            assertThat(onTier.placement().tolerations()).hasSize(1);
            assertThat(onTier.region()).contains("us-central1");
        });
    }

    @Test
    void whatIsNotSaidIsFilledIn() {
        ModelDeployment model = Declarations.model(
                "/spec",
                "{model: {name: google/gemma-2-9b-it}, tiers: [{name: l4}], template: {spec: {containers: [{name: engine, image: i}]}}}");
        MappedModel.Usable mapped = usable(model);
        assertThat(mapped.spec().objectives().latency()).isEmpty();
        assertThat(mapped.spec().objectives().window()).isEqualTo(Duration.ofHours(24));
        assertThat(mapped.spec().objectives().precedence()).isEqualTo(Precedence.LATENCY);
        assertThat(mapped.spec().scaling())
                .isEqualTo(new ScalingPolicy(ScalingMode.AUTO, 1, 20, OptionalInt.empty(), Duration.ZERO));
        assertThat(mapped.spec().drainGrace()).isEqualTo(Duration.ofMinutes(10));
        TierOption option = mapped.spec().tiers().get(0);
        assertThat(option.acceleratorsPerReplica()).isEqualTo(1);
        assertThat(option.limits()).isEqualTo(new EngineLimits(256, 2048));
        assertThat(option.measured()).isEmpty();
        assertThat(option.profile().precision()).isEqualTo(Precision.BF16);
        assertThat(mapped.blueprint().engine().port()).isEqualTo(8000);
        assertThat(mapped.blueprint().engine().metricsPath()).isEqualTo("/metrics");
        assertThat(mapped.blueprint().servicePort()).isEqualTo(80);
    }

    @Test
    void noReplicaIsPermittedWhereSomebodyTellsOfDemand() {
        ScalingPolicy sleeper = usable(Declarations.model(
                        "/spec/scaling", "{minReplicas: 0, demandAtZero: {source: Query, query: 'sum(x)'}}"))
                .spec()
                .scaling();
        assertThat(sleeper.minReplicas()).isZero();
        assertThat(sleeper.toZero())
                .contains(new ScaleToZero(new DemandSource.Query(new QueryText("sum(x)")), Duration.ofMinutes(15)));
        assertThat(usable(Declarations.model(
                                "/spec/scaling",
                                "{minReplicas: 0, demandAtZero: {source: EndpointPicker}, idleAfter: 1h}"))
                        .spec()
                        .scaling()
                        .toZero())
                .contains(new ScaleToZero(new DemandSource.EndpointPicker(), Duration.ofHours(1)));
        MappedModel.Usable idle =
                usable(Declarations.model("/spec/scaling", "{minReplicas: 1, demandAtZero: {source: Gateway}}"));
        assertThat(idle.spec().scaling().toZero()).isEmpty();
        assertThat(idle.problems())
                .extracting(FieldError::toString)
                .containsExactly("spec.scaling.demandAtZero has no effect while minReplicas is above 0: remove it, or"
                        + " write minReplicas: 0");
    }

    /** Pointer to the part replaced | what stands there (nothing: removed) | the problem as a person reads it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /spec/template/spec/containers | [{name: server, image: i}] | spec.template.spec.containers has no container named engine, only server: name the container that serves the model: engine
            /spec/template/spec/containers | [] | spec.template.spec.containers has no container: name the container that serves the model: engine
            /spec/template | | spec.template is missing: give a pod template with a container named engine
            /spec/template/spec/containers | [{name: engine}] | spec.template.spec.containers[0].image is missing: write the engine's image, such as vllm/vllm-openai:v0.11.0
            /spec/template/spec/containers | [{name: engine, image: i, resources: {limits: {nvidia.com/gpu: 2}}}] | spec.template.spec.containers[0].resources.limits asks for nvidia.com/gpu: 2: remove it and say how many in spec.tiers[].acceleratorsPerReplica: what a replica asks for depends on its tier
            /spec/template/spec/containers | [{name: 7, ports: {}}] | spec.template.spec.containers[0].ports is {}: write what Kubernetes allows there in a PodTemplateSpec
            /spec/scaling | {minReplicas: 5, maxReplicas: 3} | spec.scaling.minReplicas is 5, above maxReplicas, which is 3: lower minReplicas or raise maxReplicas
            /spec/scaling | {minReplicas: 30} | spec.scaling.minReplicas is 30, above maxReplicas, which is 20 by default: lower minReplicas or raise maxReplicas
            /spec/scaling | {minReplicas: 0} | spec.scaling.minReplicas is 0, and nobody would tell of demand then: write demandAtZero: {source: Gateway}, {source: EndpointPicker} or {source: Query, query: ...} beside it, or at least 1
            /spec/scaling | {minReplicas: 0, demandAtZero: {}} | spec.scaling.demandAtZero.source is missing: write Gateway, EndpointPicker or Query
            /spec/scaling | {minReplicas: 0, demandAtZero: {source: Guess}} | spec.scaling.demandAtZero.source is "Guess", which is not known: write Gateway, EndpointPicker or Query
            /spec/scaling | {minReplicas: 0, demandAtZero: {source: Query}} | spec.scaling.demandAtZero.query is missing: write an expression of PromQL that gives requests per second
            /spec/scaling | {minReplicas: 0, demandAtZero: {source: Gateway, query: up}} | spec.scaling.demandAtZero.query is given with source Gateway: remove it, or write source: Query
            /spec/scaling | {minReplicas: 0, demandAtZero: {source: Query, query: "x) or vector(1) or (y"}} | spec.scaling.demandAtZero.query has a ')' that closes nothing: write one expression of PromQL, without comments
            /spec/scaling | {minReplicas: 0, demandAtZero: {source: Gateway}, idleAfter: 0s} | spec.scaling.idleAfter is 0s: write at least 1ms, such as 15m
            /spec/scaling | {minReplicas: three} | spec.scaling.minReplicas is "three": write a whole number
            /spec/scaling | {minReplicas: 1.5} | spec.scaling.minReplicas is 1.5: write a whole number
            /spec/scaling | {replicas: -1} | spec.scaling.replicas is -1: write a whole number from 0 to 10000
            /spec/scaling | {mode: Turbo} | spec.scaling.mode is "Turbo", which is not known: write Auto, Recommend or Paused
            /spec/scaling | {scaleDownStabilization: 5 minutes} | spec.scaling.scaleDownStabilization is "5 minutes", which is no duration: write such as 500ms, 2m or 1h30m
            /spec/slo/latency/timeToFirstToken/target | 0ms | spec.slo.latency.timeToFirstToken.target is "0ms": write a time longer than zero, such as 500ms, or leave timeToFirstToken out
            /spec/slo/latency/timeToFirstToken/target | 1x | spec.slo.latency.timeToFirstToken.target is "1x", which is no duration: write such as 500ms, 2m or 1h30m
            /spec/slo/latency/timeToFirstToken/target | | spec.slo.latency.timeToFirstToken.target is missing: write the longest acceptable time, such as 500ms
            /spec/slo/latency/timeToFirstToken/percentile | 195 | spec.slo.latency.timeToFirstToken.percentile is 195: write a percentile from 50 to 99.99, such as 95
            /spec/slo/latency/timeToFirstToken/percentile | abc | spec.slo.latency.timeToFirstToken.percentile is "abc": write a number
            /spec/slo/latency/window | 59m | spec.slo.latency.window is "59m": write from 1h to 720h (30 days), such as 24h
            /spec/slo/latency/window | 721h | spec.slo.latency.window is "721h": write from 1h to 720h (30 days), such as 24h
            /spec/slo/latency/window | 30d | spec.slo.latency.window is "30d", which is no duration: write such as 500ms, 2m or 1h30m
            /spec/slo/latency/window | 24 | spec.slo.latency.window is 24: write text
            /spec/slo/cost/maxPerHour | "-1" | spec.slo.cost.maxPerHour is "-1", which is no amount of dollars: write a decimal number that is not negative, such as "0.80"
            /spec/slo/cost/maxPerHour | -1 | spec.slo.cost.maxPerHour is -1: write text
            /spec/slo/cost/maxPerHour | "0.00" | spec.slo.cost.maxPerHour is zero: write more than zero, such as "12.50", or leave it out for no limit
            /spec/slo/precedence | Speed | spec.slo.precedence is "Speed", which is not known: write Latency or Cost
            /spec/slo | [] | spec.slo is []: write an object
            /spec/tiers | {} | spec.tiers is {}: write a list
            /spec/tiers | | spec.tiers is missing: name at least one HardwareTier, such as [{name: l4}]; there are l4, l4-eu, l4-nowhere, l4-spot
            /spec/tiers | [] | spec.tiers is missing: name at least one HardwareTier, such as [{name: l4}]; there are l4, l4-eu, l4-nowhere, l4-spot
            /spec/tiers | [{name: l4}, {name: l4}] | spec.tiers[1].name is "l4", which is named before: name each tier once
            /spec/tiers | [l4] | spec.tiers[0] is "l4": write an object
            /spec/tiers | [{name: l4, acceleratorsPerReplica: 0}] | spec.tiers[0].acceleratorsPerReplica is 0: write a whole number from 1 to 64
            /spec/tiers | [{name: l4, performance: {stepBaseMillis: 0}}] | spec.tiers[0].performance.stepPerSequenceMillis is missing: write milliseconds, or leave performance out
            /spec/placement/regions | [] | spec.placement.regions is missing: name at least one region, or leave the list out to allow any
            /spec/engine/type | Vllm | spec.engine.type is "Vllm", which is not known: write VLLM, SGLang, TGI, TensorRTLLM, Triton, NIM, LlamaCpp, RayServe or Custom
            /spec/engine/port | 0 | spec.engine.port is 0: write a whole number from 1 to 65535
            /spec/engine/metricsPath | metrics | spec.engine.metricsPath is "metrics": start it with '/', such as /metrics
            /spec/model | {name: acme/secret} | spec.model.parameters is missing: write how many billions of parameters it has, such as "8.03", since "acme/secret" is not a model known here
            /spec/model/precision | FP64 | spec.model.precision is "FP64", which is not known: write BF16, FP8 or INT4
            /spec/model | {} | spec.model.name is missing: write the name the engine serves, such as meta-llama/Llama-3.1-8B-Instruct
            /spec/model | {name: a/b-7b, parameters: many} | spec.model.parameters is "many", which is no number of parameters: write billions as decimal text above zero, such as "8.03"
            /spec/drain/gracePeriod | soon | spec.drain.gracePeriod is "soon", which is no duration: write such as 500ms, 2m or 1h30m
            /metadata/name | chat.v2 | metadata.name is "chat.v2", which cannot be a Service's name: start with a letter and use only lower-case letters, digits and '-' (no dots)
            /metadata/name | a12345678901234567890123456789012345678901 | metadata.name is "a12345678901234567890123456789012345678901", which has 42 characters: make it at most 40, names of Services and Deployments are made from it
            /spec | | spec is missing: give model, template and tiers
            /spec | 3 | spec is 3: write an object
            """)
    void whatIsWrongIsRefusedWithWordsThatHelp(String pointer, String yaml, String text) {
        MappedModel mapped =
                ModelMapping.map(Declarations.model(pointer, yaml == null ? "" : yaml), Declarations.catalogue());
        assertThat(mapped).isInstanceOf(MappedModel.Refused.class);
        assertThat(mapped.problems())
                .filteredOn(problem -> problem.severity() == FieldError.Severity.REFUSED)
                .extracting(FieldError::text)
                .contains(text);
        assertThat(((MappedModel.Refused) mapped).onlyForWantOfTiers()).isFalse();
    }

    /** The choice that stands beside l4-spot | why it is not used. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {name: b200} | spec.tiers[1].name is "b200", but there is no HardwareTier of that name: create it, or name another: there are l4, l4-eu, l4-nowhere, l4-spot
            {name: broken} | spec.tiers[1].name is "broken", a HardwareTier that is refused itself: see kubectl describe hardwaretier broken
            {name: l4-eu} | spec.tiers[1].name is "l4-eu", which is in europe-west4, not in spec.placement.regions [us-central1]: name a tier of these regions, or add the region to spec.placement.regions
            {name: l4-nowhere} | spec.tiers[1].name is "l4-nowhere", which does not say its region, while spec.placement.regions [us-central1] are asked for: write spec.region into the HardwareTier
            {name: l4, acceleratorsPerReplica: 2} | spec.tiers[1].acceleratorsPerReplica is 2, but a node of l4 has 1: write at most 1: a replica is on one node
            """)
    void aTierThatCannotBeUsedIsLeftOutAndTheOthersGoOn(String choice, String text) {
        MappedModel.Usable mapped = usable(Declarations.model("/spec/tiers", "[{name: l4-spot}, " + choice + "]"));
        assertThat(mapped.spec().tiers()).extracting(TierOption::name).containsExactly(SPOT);
        assertThat(mapped.blueprint().tiers()).containsOnlyKeys(SPOT);
        assertThat(mapped.blueprint().missing())
                .hasSize(1)
                .isEqualTo(mapped.spec().missing());
        assertThat(mapped.tierProblems()).extracting(FieldError::text).containsExactly(text);
    }

    @Test
    void weightsThatDoNotFitAreToldInGibibytes() {
        MappedModel mapped = ModelMapping.map(
                Declarations.model("/spec/model", "{name: meta-llama/Llama-3.3-70B-Instruct}"),
                Declarations.catalogue());
        assertThat(mapped.problems())
                .extracting(FieldError::text)
                .contains("spec.tiers[1].acceleratorsPerReplica is 1, but the weights take 131.5 GiB in BF16 and l4 has"
                        + " 20.3 GiB for them: name a tier with more memory, or serve a smaller spec.model.precision");
    }

    @Test
    void withoutAnyUsableTierTheWholeIsRefusedForWantOfTiers() {
        MappedModel mapped =
                ModelMapping.map(Declarations.model("/spec/tiers", "[{name: gone}]"), Declarations.catalogue());
        assertThat(mapped).isInstanceOf(MappedModel.Refused.class);
        assertThat(((MappedModel.Refused) mapped).onlyForWantOfTiers()).isTrue();
        assertThat(mapped.problems()).extracting(FieldError::path).containsExactly("spec.tiers[0].name", "spec.tiers");
    }

    @Test
    void anUnknownFieldIsAWarningOnly() {
        MappedModel.Usable mapped = usable(Declarations.model("/spec/scaling/napAfter", "15m"));
        assertThat(mapped.problems())
                .containsExactly(new FieldError(
                        "spec.scaling.napAfter",
                        "is not known",
                        "remove it, or install the version of Gearshift that knows it",
                        FieldError.Severity.WARNING));
    }

    @Test
    void ofAnUnknownModelTheWorstForItsSizeIsAssumedAndSaid() {
        MappedModel.Usable mapped = usable(Declarations.model("/spec/model", "{name: acme/house-7b}"));
        assertThat(mapped.problems())
                .extracting(FieldError::path, FieldError::severity)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("spec.model.parameters", FieldError.Severity.WARNING),
                        org.assertj.core.groups.Tuple.tuple("spec.model.kvBytesPerToken", FieldError.Severity.WARNING));
        ModelProfile profile = mapped.spec().tiers().get(0).profile();
        assertThat(profile.parameters()).isEqualTo(7);
        assertThat(profile.kvBytesPerToken()).isEqualTo(new Bytes(600_000));
        assertThat(profile.precision()).isEqualTo(Precision.BF16);
    }

    @Test
    void theEnginesArgumentsTellOfPrecisionAndCache() {
        ModelDeployment model = Declarations.model(
                "/spec/tiers", "[{name: l4, args: ['--kv-cache-dtype=fp8', '--quantization', awq]}, {name: l4-spot}]");
        MappedModel.Usable mapped = usable(Declarations.WIRE.convertValue(
                Declarations.with(Declarations.WIRE.asYaml(model), "/spec/model/precision", ""),
                ModelDeployment.class));
        ModelProfile onL4 = mapped.spec().tier(L4).orElseThrow().profile();
        assertThat(onL4.kvBytesPerToken()).isEqualTo(new Bytes(65_536));
        assertThat(onL4.precision()).isEqualTo(Precision.INT4);
        assertThat(mapped.spec().tier(SPOT).orElseThrow().profile().precision()).isEqualTo(Precision.BF16);
    }

    private static MappedModel.Usable usable(ModelDeployment model) {
        MappedModel mapped = ModelMapping.map(model, Declarations.catalogue());
        assertThat(mapped).as("%s", mapped.problems()).isInstanceOf(MappedModel.Usable.class);
        return (MappedModel.Usable) mapped;
    }
}
