package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.Objectives;
import dev.gearshift.core.model.ScaleToZero;
import dev.gearshift.core.model.ScalingPolicy;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.kubernetes.api.v1alpha1.GearshiftApi;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentSpec;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a ModelDeployment means: every default filled in and everything checked, whether or not a schema did before.
 *
 * <p>What is wrong with the declaration as a whole refuses it. What is wrong with one tier only (it does not exist, cannot be
 * used, is outside the regions, or cannot hold a replica) takes that tier away and the model goes on with the others, because a
 * tier may come and go while a model serves; when no tier is left, the whole is refused.
 */
public final class ModelMapping {

    private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_REPLICAS = 10_000;

    private ModelMapping() {}

    /** The meaning of a model deployment among the tiers there are; never throws. */
    public static MappedModel map(ModelDeployment resource, TierCatalogue catalogue) {
        ModelDeploymentSpec spec = resource.getSpec();
        Problems problems = new Problems(spec == null ? null : spec.source());
        Optional<ModelKey> key = key(resource.getMetadata(), problems);
        if (spec == null) {
            problems.missing("spec", "give model, template and tiers");
            return new MappedModel.Refused(problems.errors());
        }
        Optional<EngineEndpoint> engine = EngineMapping.map(spec.engine(), problems);
        Optional<PodTemplateSpec> template =
                TemplateChecks.check(spec.template(), spec.tiers(), engine, catalogue, problems);
        Objectives objectives = ObjectiveMapping.map(spec.slo(), engine.map(EngineEndpoint::engine), problems);
        Optional<ScalingPolicy> scaling = scaling(spec.scaling(), problems);
        Duration grace = problems.duration(
                        "spec.drain.gracePeriod",
                        spec.drain() == null ? null : spec.drain().gracePeriod())
                .orElse(Defaults.DRAIN_GRACE);
        int servicePort = servicePort(spec.routing(), problems);
        AskedRouting routing = RoutingMapping.map(spec.routing(), problems);
        Optional<ProfileMapping> profile = ProfileMapping.of(spec.model(), problems);
        TierOptionMapping tiers = new TierOptionMapping(
                catalogue, profile, regions(spec.placement(), problems), template, engine, problems);
        tiers.map(spec.tiers());
        if (problems.anyRefused()
                || key.isEmpty()
                || template.isEmpty()
                || engine.isEmpty()
                || scaling.isEmpty()
                || profile.isEmpty()) {
            return new MappedModel.Refused(problems.errors());
        }
        ModelSpec model = new ModelSpec(
                key.get(),
                generation(resource),
                tiers.options(),
                objectives,
                scaling.get(),
                grace,
                Spreading.EVEN,
                engine.get().engine(),
                tiers.missing());
        DeploymentBlueprint blueprint = new DeploymentBlueprint(
                key.get(),
                profile.get().servedName(),
                template.get(),
                engine.get(),
                servicePort,
                routing,
                grace,
                tiers.blueprints(),
                tiers.missing());
        return new MappedModel.Usable(model, blueprint, problems.errors());
    }

    private static long generation(ModelDeployment resource) {
        Long generation = resource.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    private static Optional<ModelKey> key(@Nullable ObjectMeta metadata, Problems problems) {
        String name = metadata == null ? null : metadata.getName();
        String namespace = metadata == null ? null : metadata.getNamespace();
        if (namespace == null || namespace.isBlank()) {
            problems.missing("metadata.namespace", "create it in a namespace");
        }
        if (name == null || name.isBlank()) {
            problems.missing("metadata.name", "give it a name");
        } else if (name.length() > GearshiftApi.MODEL_NAME_LENGTH) {
            problems.refuse(
                    "metadata.name",
                    "is \"" + name + "\", which has " + name.length() + " characters",
                    "make it at most " + GearshiftApi.MODEL_NAME_LENGTH
                            + ", names of Services and Deployments are made from it");
        } else if (!LABEL.matcher(name).matches()) {
            problems.refuse(
                    "metadata.name",
                    "is \"" + name + "\", which cannot be a Service's name",
                    "start with a letter and use only lower-case letters, digits and '-' (no dots)");
        }
        return name == null || name.isBlank() || namespace == null || namespace.isBlank()
                ? Optional.empty()
                : Optional.of(new ModelKey(namespace, name));
    }

    private static int servicePort(ModelDeploymentSpec.@Nullable Routing given, Problems problems) {
        Integer port = given == null || given.service() == null
                ? null
                : given.service().port();
        return problems.whole("spec.routing.service.port", port, Defaults.SERVICE_PORT, 1, HIGHEST_PORT);
    }

    private static Optional<ScalingPolicy> scaling(ModelDeploymentSpec.@Nullable Scaling given, Problems problems) {
        if (given == null) {
            return Optional.of(new ScalingPolicy(
                    Defaults.MODE,
                    Defaults.MIN_REPLICAS,
                    Defaults.MAX_REPLICAS,
                    OptionalInt.empty(),
                    Defaults.SCALE_DOWN_STABILIZATION));
        }
        String path = "spec.scaling.";
        int least = Defaults.MIN_REPLICAS;
        Optional<ScaleToZero> toZero = DemandMapping.map(given, problems);
        if (toZero.isPresent()) {
            least = 0;
        } else if (given.minReplicas() == null || given.minReplicas() != 0) {
            least = problems.whole(path + "minReplicas", given.minReplicas(), least, 1, MOST_REPLICAS);
        }
        int most = problems.whole(path + "maxReplicas", given.maxReplicas(), Defaults.MAX_REPLICAS, 1, MOST_REPLICAS);
        if (least > most) {
            problems.refuse(
                    path + "minReplicas",
                    "is " + least + ", above maxReplicas, which is " + most
                            + (given.maxReplicas() == null ? " by default" : ""),
                    "lower minReplicas or raise maxReplicas");
        }
        OptionalInt pinned = problems.whole(path + "replicas", given.replicas(), 0, MOST_REPLICAS);
        Duration stabilization = problems.duration(path + "scaleDownStabilization", given.scaleDownStabilization())
                .orElse(Defaults.SCALE_DOWN_STABILIZATION);
        return least > most
                ? Optional.empty()
                : Optional.of(new ScalingPolicy(
                        problems.word(path + "mode", given.mode(), Words.MODES, Defaults.MODE),
                        least,
                        most,
                        pinned,
                        stabilization,
                        toZero));
    }

    private static List<String> regions(ModelDeploymentSpec.@Nullable Placement given, Problems problems) {
        List<String> regions = given == null ? null : given.regions();
        if (regions == null) {
            return List.of();
        }
        if (regions.isEmpty()) {
            problems.missing("spec.placement.regions", "name at least one region, or leave the list out to allow any");
        }
        return regions;
    }
}
